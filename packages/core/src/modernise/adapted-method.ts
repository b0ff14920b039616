import { methodNames } from '@wasm-cos/runtime/method-names'

/**
 * What stands before and after a receiver, so that the whole is its method of this name, else another that does the same,
 * else nothing. The receiver is evaluated once.
 *
 * @param isOptional Whether the receiver may be nothing: `receiver?.method`.
 * @param isCalled Whether it is called on the receiver there. Else it is the receiver's own, if there is one: code may compare
 * it, bind it, or put another one in its place that calls it.
 */
export function adaptedMethod(
  name: string,
  isOptional: boolean,
  isCalled: boolean,
): { before: string; after: string } {
  const guard = isOptional ? 's==null?void 0:' : ''
  const other = name === 'requestFileHandles' ? otherThanOfLists : otherThanOfOne
  const body = isCalled ? `s[a]?(...x)=>s[a](...x):${other}` : `s[a]||(${other})`
  return { before: `((s,[a,b,c])=>${guard}${body})(`, after: `,${JSON.stringify(othersAfter(name))})` }
}

/** An expression that tells whether an object has the method by any of its names. */
export function adaptedTest(name: string, receiver: string): string {
  return `${JSON.stringify(othersAfter(name))}.some((s=>n=>n in s)(${receiver}))`
}

/** In these expressions, `s` is the receiver, `a` the script's own name, `b` and `c` the others; a fourth would need a letter. */
const otherThanOfOne = 's[b]?(...x)=>s[b](...x):s[c]&&((h,o)=>s[c]([h],o).then(f=>f[0]))'
const otherThanOfLists = '(s[b]||s[c])&&(async(h,o)=>Promise.all(h.map(h=>s[s[b]?b:c](h,o))))'

function othersAfter(name: string): string[] {
  return [name, ...methodNames.filter((other) => other !== name)]
}
