import type { Program } from '@oxc-project/types'
import { append } from '../append.ts'
import { hasString } from '../memory/has-string.ts'
import type { ScriptFile } from '../output.ts'
import { stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import type { Names } from './named-files.ts'
import type { ScannedScript } from './scanned-script.ts'
import { scriptsNamedIn } from './scripts-named-in.ts'

/**
 * Finds the scripts that import the URL of a wasm file from one that names the file, and loads wasm for others: bundlers put a library
 * and the constant with its file's URL into one chunk, and what calls the library with `fetch(url)` into another.
 *
 * @param loaders Scripts that are sure to load wasm.
 * @param scripts All of the output.
 * @returns For each of the scripts the files whose URLs it imports.
 */
export function findImportedUrls(
  loaders: ScannedScript[],
  scripts: ScriptFile[],
  names: Names,
): Map<ScriptFile, Set<string>> {
  const found = new Map<ScriptFile, Set<string>>()
  const add = (script: ScriptFile, fileNames: string[]): void => {
    found.set(script, new Set([...(found.get(script) ?? []), ...fileNames]))
  }
  const exporters = loaders.filter(
    ({ urlConstants, file }) => urlConstants.size > 0 && /\bexport\b/.test(file.code),
  )
  const namers = exporters.length === 0 ? new Map<string, ScriptFile[]>() : namersOf(scripts, names)
  for (const { file, urlConstants } of exporters) {
    const importers = (namers.get(file.fileName) ?? []).map((script) => ({
      script,
      imported: namesImported(script, file, names),
    }))
    for (const [constant, fileNames] of urlConstants) {
      for (const name of exportedAs(constant, file.code)) {
        for (const { script, imported } of importers)
          if (imported.has(name) || (imported.has('*') && takes(name, script.code))) add(script, fileNames)
      }
    }
  }
  for (const { file } of loaders) {
    for (const [id, fileName] of urlModulesIn(file.code, names)) {
      for (const script of scripts) if (script !== file && requires(id, script.code)) add(script, [fileName])
    }
  }
  return found
}

/** The wasm files that constants at the top level of a program name, by the constants. */
export function findUrlConstants({ body }: Program, names: Names): Map<string, string[]> {
  const constants = new Map<string, string[]>()
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || init === null) continue
      const files =
        init.type === 'Identifier'
          ? (constants.get(init.name) ?? [])
          : stringsIn(init).flatMap((text) => names.namedBy(text).filter((name) => name.endsWith('.wasm')))
      if (files.length > 0) constants.set(id.name, files)
    }
  }
  return constants
}

/** The strings that a URL is put together of. */
function stringsIn(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
      return [stringOf(node) ?? '']
    case 'BinaryExpression':
      return [...stringsIn(node.left), ...stringsIn(node.right)]
    case 'MemberExpression':
      return stringsIn(node.object)
    case 'NewExpression':
    case 'CallExpression':
      return node.arguments.flatMap(stringsIn)
    default:
      return []
  }
}

/** By script, those that name it. */
function namersOf(scripts: ScriptFile[], names: Names): Map<string, ScriptFile[]> {
  const namers = new Map<string, ScriptFile[]>()
  for (const script of scripts)
    for (const fileName of scriptsNamedIn(script.code, names)) append(namers, fileName, script)
  return namers
}

/** The names under which a module exports a variable. */
function exportedAs(variable: string, code: string): string[] {
  const whole = String.raw`${asPattern(variable)}(?![\w$])`
  const lists = Array.from(code.matchAll(/\bexport\s*\{([^{}]*)\}(?!\s*from\b)/g), ([, list = '']) =>
    namesIn(list),
  )
  return [
    ...lists.flat().flatMap(([local, exported]) => (local === variable ? exported : [])),
    ...(new RegExp(String.raw`\bexport\s+(?:const|let|var)\s+${whole}`).test(code) ? [variable] : []),
    ...(new RegExp(String.raw`\bexport\s+default\s+${whole}`).test(code) ? ['default'] : []),
  ]
}

/** Static imports: what stands before `from`, and the specifier. */
const staticImport = /\bimport\b([\w\s$,*]{0,200}(?:\{[^{}]*\}\s*)?)\bfrom\s*(["'])([^"'\n]*)\2/g
const dynamicImport = /\bimport\s*\(\s*(["'`])([^"'`\n]*)\1/g

/** What a script imports from another by name; `*` where it imports the whole. */
function namesImported({ code }: ScriptFile, { fileName }: ScriptFile, names: Names): Set<string> {
  const imported = new Set<string>()
  const isMeant = (specifier: string): boolean => names.namedBy(names.meantBy(specifier)).includes(fileName)
  for (const [, clause = '', , specifier = ''] of code.matchAll(staticImport)) {
    if (!isMeant(specifier)) continue
    const [plain = '', list] = clause.split('{')
    if (plain.includes('*')) imported.add('*')
    if (/^\s*[\w$]/.test(plain)) imported.add('default')
    for (const [name] of list === undefined ? [] : namesIn(list.replace(/\}\s*$/, ''))) imported.add(name)
  }
  for (const [, , specifier = ''] of code.matchAll(dynamicImport)) if (isMeant(specifier)) imported.add('*')
  return imported
}

/** Whether code may take a property of this name: `lib.name`, or `{ name }` from it. */
function takes(name: string, code: string): boolean {
  return new RegExp(String.raw`[.{,]\s*${asPattern(name)}(?![\w$])`).test(code)
}

/** The pairs of a list as `a as b, c`. */
function namesIn(list: string): [name: string, as: string][] {
  return list.split(',').map((part) => {
    const [name = '', as = name] = part.trim().split(/\s+as\s+/)
    return [name, as]
  })
}

/** How a module of webpack's or Rspack's begins that is the URL of an asset: `493(e,t,r){e.exports=r.p+"`. */
const urlModule =
  /(?:(\d+)|(["'])([^"']+)\2)\s*(?::\s*(?:function\b[^(]*)?\(?[\w\s$,]*\)?\s*(?:=>)?|\([\w\s$,]*\))\s*\{\s*(?:["']use strict["'];?\s*)?[\w$]+\.exports\s*=\s*[\w$]+\.\w+\s*\+\s*["'`]$/

/** The modules of a script of webpack's or Rspack's that are URLs of wasm files: their ids, as code has these, and the files. */
function urlModulesIn(code: string, names: Names): [id: string, fileName: string][] {
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
function requires(id: string, code: string): boolean {
  if (!hasString(code, `(${id})`)) return false
  const names = [moduleFunction, requireFunction].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ([, name = '']) => name),
  )
  return [...new Set(names)].some((name) =>
    new RegExp(String.raw`(?<![\w$.])${asPattern(`${name}(${id})`)}`).test(code),
  )
}

/** A regular expression for a text. */
function asPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
