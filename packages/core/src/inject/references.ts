import type { Change } from '../output.ts'
import { nameInWrapper } from '../scan/fetch-use.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/** The name of the function that wraps a `fetch` which code passes on, for the stub of this name. */
export function nameOfValues(name: string): string {
  return `${name}_of`
}

/** The name of the function that stands for the global object where code calls its `fetch`, for the stub of this name. */
export function nameOfObject(name: string): string {
  return `${name}_on`
}

/** The name of the function that stands for `XMLHttpRequest`, for the stub of this name. */
export function nameOfXhr(name: string): string {
  return `${name}_xhr`
}

/** Whether a script reads the global `fetch` without calling it right there. */
export function hasValues({ fetchReferences }: ScannedScript): boolean {
  return fetchReferences.some(({ kind, calledOn }) => kind !== 'call' && calledOn === undefined)
}

/** Whether a script calls `fetch` on the global object. */
export function hasCallsOnObject({ fetchReferences }: ScannedScript): boolean {
  return fetchReferences.some(({ calledOn }) => calledOn !== undefined)
}

/**
 * Makes a script's references of the global `fetch` those of the stub, where there is one: libraries turn functions
 * into text and run it in a worker, an iframe or with `new Function`, where the text has to do what it did. So
 * `fetch(url)` becomes `(typeof cosFetch_1f0c92ab<"u"?cosFetch_1f0c92ab():fetch)(url)`, `window.fetch(url)` becomes
 * `(typeof cosFetch_1f0c92ab_on<"u"?cosFetch_1f0c92ab_on(window):window).fetch(url)`, and `new XMLHttpRequest()` becomes
 * `new (typeof cosFetch_1f0c92ab_xhr<"u"?cosFetch_1f0c92ab_xhr:XMLHttpRequest)()`.
 *
 * @param name The stub's.
 */
export function changeReferences(
  { file, fetchReferences, comparands, xhrReferences }: ScannedScript,
  name: string,
): Change[] {
  const begun = new Set(comparands.map(({ start }) => start))
  const ofRequests = xhrReferences.map(({ start, end }): Change => {
    const text = whereDeclared(nameOfXhr(name), nameOfXhr(name), file.code.slice(start, end))
    return { start, end, text }
  })
  const ofFetch = fetchReferences.map(({ start, end, kind, beginsStatement, calledOn }): Change => {
    if (calledOn !== undefined) {
      const object = file.code.slice(calledOn.start, calledOn.end)
      const text = whereDeclared(nameOfObject(name), `${nameOfObject(name)}(${object})`, object)
      return {
        ...calledOn,
        text: beginsStatement && calledOn.start === start && !begun.has(start) ? `;${text}` : text,
      }
    }
    const reference = file.code.slice(start, end)
    const text =
      kind === 'call'
        ? whereDeclared(name, `${name}()`, reference)
        : whereDeclared(nameOfValues(name), `${nameOfValues(name)}(${reference})`, reference)
    if (kind === 'shorthand') return { start, end, text: `fetch:${text}` }
    // After a line without a semicolon, a parenthesis would be that of a call.
    return { start, end, text: beginsStatement && !begun.has(start) ? `;${text}` : text }
  })
  return [...unwrap(comparands), ...ofFetch, ...ofRequests]
}

/**
 * Makes comparisons with the global `fetch` true where the script, or another, was given a function that stands for it:
 * `saved === fetch` becomes a comparison of what both stand for, in whatever realm the text runs.
 */
function unwrap(comparands: ScannedScript['comparands']): Change[] {
  const unwrapper = `(${nameInWrapper}=>typeof ${nameInWrapper}=="function"&&${nameInWrapper}.${nameInWrapper}||${nameInWrapper})`
  // Those outside begin before and end after those in them.
  const begins = comparands.toSorted((one, other) => one.start - other.start || other.end - one.end)
  const ends = comparands.toSorted((one, other) => one.end - other.end || other.start - one.start)
  return [
    ...begins.map(({ start, isSequence, beginsStatement }, index): Change => {
      const first = beginsStatement && begins[index - 1]?.start !== start ? ';' : ''
      return { start, end: start, text: `${first}${unwrapper}(${isSequence ? '(' : ''}` }
    }),
    ...ends.map(({ end, isSequence }) => ({ start: end, end, text: isSequence ? '))' : ')' })),
  ]
}

/** An expression for one of our functions, and for what the script had in its place where a realm has no such function. */
function whereDeclared(name: string, ours: string, theirs: string): string {
  return `(typeof ${name}<"u"?${ours}:${theirs})`
}
