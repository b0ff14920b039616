import { posix } from 'node:path'
import { hashPositionOf, plainNameOf } from '@wasm-cos/core'

/** The declaration that an edited script has. */
const edited = /\bfunction cosFetch_[\da-f]{8}\(/

/**
 * Finds the scripts that a plugin has left besides those that it has edited, under the names that a server may have for them: they are
 * what the edited ones were, and nothing in the folder names them.
 *
 * @param texts Every text of the folder, by name.
 */
export function leftBeside(texts: ReadonlyMap<string, string>): Set<string> {
  const names = [...texts.keys()].filter(
    (name) => /\.[cm]?js$/.test(name) && hashPositionOf(name) !== undefined,
  )
  const byPlainName = new Map<string, string[]>()
  for (const name of names) {
    const others = byPlainName.get(plainPathOf(name))
    if (others === undefined) byPlainName.set(plainPathOf(name), [name])
    else others.push(name)
  }
  const left = new Set<string>()
  for (const others of byPlainName.values()) {
    if (others.length < 2) continue
    const editedCodes = others.map((name) => texts.get(name)!).filter((code) => edited.test(code))
    for (const name of others) {
      const code = texts.get(name)!
      if (edited.test(code) || !editedCodes.some((other) => isMadeOf(other, code))) continue
      if (!isNamed(name, texts)) left.add(name)
    }
  }
  return left
}

function plainPathOf(name: string): string {
  return posix.join(posix.dirname(name), plainNameOf(name))
}

/** Whether an edited script was made of another one: but for what was changed, it has all of its statements. */
function isMadeOf(code: string, original: string): boolean {
  const parts = original.split(/[;,{}\n]/).filter((part) => part.length >= 8 && !part.includes('fetch'))
  const kept = parts.filter((part) => code.includes(part))
  return code.length > original.length && kept.length >= parts.length * 0.9
}

function isNamed(name: string, texts: ReadonlyMap<string, string>): boolean {
  const base = posix.basename(name)
  return [...texts].some(([other, text]) => other !== name && !other.endsWith('.map') && text.includes(base))
}
