import { posix } from 'node:path'
import { hashPositionOf, isScriptName, nameWithoutHash, Substrings } from '@wasm-cos/core'

/** The declaration that an edited script has. */
const edited = /\bfunction cosFetch_[\da-f]{8}\(/

/**
 * Finds the scripts that a plugin has left besides those that it has edited, under the names that a server may have for them: they are
 * what the edited ones were, and nothing in the folder names them.
 *
 * @param texts Every text of the folder, by name.
 */
export function leftBeside(texts: ReadonlyMap<string, string>): Set<string> {
  const names = [...texts.keys()].filter((name) => isScriptName(name) && hashPositionOf(name) !== undefined)
  const byPlainName = new Map<string, string[]>()
  for (const name of names) {
    const others = byPlainName.get(plainPathOf(name))
    if (others === undefined) byPlainName.set(plainPathOf(name), [name])
    else others.push(name)
  }
  const candidates = [...byPlainName.values()].flatMap((group) => {
    if (group.length === 1) return []
    const codes = group.map((name) => texts.get(name)!)
    const editedCodes = codes.filter((code) => edited.test(code))
    return editedCodes.length === 0
      ? []
      : group.filter((_, index) => !edited.test(codes[index]!)).map((name) => ({ name, editedCodes }))
  })
  if (candidates.length === 0) return new Set()
  const named = hashesNamed(
    candidates.map(({ name }) => name),
    texts,
  )
  return new Set(
    candidates
      .filter(({ name }) => !named.has(hashOf(name)))
      .filter(({ name, editedCodes }) => editedCodes.some((code) => isMadeOf(code, texts.get(name)!)))
      .map(({ name }) => name),
  )
}

function hashOf(name: string): string {
  const { start, end } = hashPositionOf(name)!
  return name.slice(start, end)
}

/** Which hashes of names stand in another text: names may be put together at run time. */
function hashesNamed(names: string[], texts: ReadonlyMap<string, string>): Set<string> {
  const hashes = new Substrings(names.map(hashOf))
  const named = new Set<string>()
  for (const [name, text] of texts) {
    if (name.endsWith('.map')) continue
    for (const hash of hashes.in(text)) if (!name.includes(hash)) named.add(hash)
  }
  return named
}

function plainPathOf(name: string): string {
  return posix.join(posix.dirname(name), nameWithoutHash(name))
}

/** Whether an edited script was made of another one: but for what was changed, it has its statements. */
function isMadeOf(code: string, original: string): boolean {
  if (code.length <= original.length) return false
  const parts = original.split(/fetch|XMLHttpRequest|[;,{}()\n]/).filter(({ length }) => length >= 8)
  let missing = parts.length / 10
  return parts.length > 0 && parts.every((part) => code.includes(part) || --missing >= 0)
}
