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
        const byName = importers.filter(({ imported }) => imported.has(name))
        // Who has the whole module does not say what it takes.
        const users = byName.length > 0 ? byName : importers.filter(({ imported }) => imported.has('*'))
        for (const { script } of users) add(script, fileNames)
      }
    }
  }
  for (const { file } of loaders) {
    for (const [id, fileName] of urlModulesIn(file.code, names)) {
      for (const script of scripts)
        if (script !== file && hasString(script.code, `(${id})`)) add(script, [fileName])
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
      const files = stringsIn(init).flatMap((text) =>
        names.namedBy(text).filter((name) => name.endsWith('.wasm')),
      )
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
  const declared = new RegExp(
    String.raw`\bexport\s+(?:const|let|var)\s+${variable.replaceAll('$', String.raw`\$`)}\b`,
  )
  const lists = Array.from(code.matchAll(/\bexport\s*\{([^}]*)\}(?!\s*from\b)/g), ([, list = '']) =>
    namesIn(list),
  )
  const listed = lists.flat().flatMap(([local, exported]) => (local === variable ? exported : []))
  return declared.test(code) ? [variable, ...listed] : listed
}

/** What a script imports from another by name; `*` where it imports the whole. */
function namesImported({ code }: ScriptFile, { fileName }: ScriptFile, names: Names): Set<string> {
  const imported = new Set<string>()
  const isMeant = (specifier: string): boolean => names.namedBy(names.meantBy(specifier)).includes(fileName)
  for (const [, clause = '', , specifier = ''] of code.matchAll(
    /\bimport\b([\w\s$,*]*(?:\{[^}]*\})?\s*)\bfrom\s*(["'])(.*?)\2/g,
  )) {
    if (!isMeant(specifier)) continue
    if (clause.includes('*')) imported.add('*')
    for (const [name] of namesIn(/\{([^}]*)\}/.exec(clause)?.[1] ?? '')) imported.add(name)
  }
  for (const [, , specifier = ''] of code.matchAll(/\bimport\s*\(\s*(["'`])(.*?)\1/g))
    if (isMeant(specifier)) imported.add('*')
  return imported
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
