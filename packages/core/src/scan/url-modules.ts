import { asPattern } from '../as-pattern.ts'
import { hasString } from '../memory/has-string.ts'
import type { Names } from './named-files.ts'

/** How a module of webpack's or Rspack's begins that is the URL of an asset: `493(e,t,r){e.exports=r.p+"`. */
const urlModule =
  /(?:(\d+)|(["'])([^"']+)\2)\s*(?::\s*(?:function\b[^(]*)?\(?[\w\s$,]*\)?\s*(?:=>)?|\([\w\s$,]*\))\s*\{\s*(?:["']use strict["'];?\s*)?[\w$]+\.exports\s*=\s*[\w$]+\.\w+\s*\+\s*["'`]$/

/** The modules of a script of webpack's or Rspack's that are URLs of wasm files: their ids, as code has these, and the files. */
export function urlModulesIn(code: string, names: Names): [id: string, fileName: string][] {
  if (!hasString(code, '.exports')) return []
  return Array.from(code.matchAll(/["'`][^"'`\s]*\.wasm["'`]/g)).flatMap(({ 0: literal, index }) => {
    const [, number, quote, text] = urlModule.exec(code.slice(Math.max(0, index - 200), index + 1)) ?? []
    const id = number ?? (text === undefined ? undefined : `${quote}${text}${quote}`)
    return id === undefined
      ? []
      : names.namedBy(literal.slice(1, -1)).map((fileName): [string, string] => [id, fileName])
  })
}

/** A function of a bundler's module, whose third parameter requires other modules, and the runtime's, which does so itself. */
const moduleFunction = /\(\s*[\w$]+\s*,\s*[\w$]+\s*,\s*([\w$]+)\s*\)\s*(?:=>)?\s*\{/g
const requireFunction =
  /\bfunction ([\w$]+)\([\w$]+\)\s*\{\s*(?:var|let|const) [\w$]+\s*=\s*[\w$]+\[[\w$]+\]/g

/** Whether a script of webpack's or Rspack's requires a module. */
export function requires(id: string, code: string): boolean {
  if (!hasString(code, `(${id})`)) return false
  const names = [moduleFunction, requireFunction].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ([, name = '']) => name),
  )
  return [...new Set(names)].some((name) =>
    new RegExp(String.raw`(?<![\w$.])${asPattern(`${name}(${id})`)}`).test(code),
  )
}
