import { asPattern } from '../as-pattern.ts'
import type { ScriptFile } from '../output.ts'
import type { Names } from './named-files.ts'

// By texts and not by trees: most of these scripts are not scanned, and in an outline the lists of imports may be blank.

/** The names under which a module exports a variable. */
export function exportedAs(variable: string, code: string): string[] {
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
export function namesImported({ code }: ScriptFile, { fileName }: ScriptFile, names: Names): Set<string> {
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
export function takes(name: string, code: string): boolean {
  return new RegExp(String.raw`[.{,]\s*${asPattern(name)}(?![\w$])`).test(code)
}

/** The pairs of a list as `a as b, c`. */
function namesIn(list: string): [name: string, as: string][] {
  return list.split(',').map((part) => {
    const [name = '', as = name] = part.trim().split(/\s+as\s+/)
    return [name, as]
  })
}
