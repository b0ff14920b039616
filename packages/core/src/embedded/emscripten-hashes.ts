import { isHash, stringOf } from '../syntax/literals.ts'
import { contains, inside, type Span } from '../syntax/span.ts'
import type { EmbeddedHash } from './embedded-hash.ts'
import { digitsOf, type Literals, scopesAround } from './literals.ts'

/**
 * Finds the hashes that Emscripten's flag `CROSS_ORIGIN_STORAGE` puts into its glue: `Module['wasmHash'] = { algorithm:
 * 'SHA-256', value }`, and a function that asks Cross-Origin Storage for it, by the property (before and after
 * emscripten#27609) or by the same digits (the flag's first releases). A script that has one without the other is not
 * Emscripten's.
 *
 * @param stubs The functions of wasm-cos's own stubs, which ask too.
 * @see https://emscripten.org/docs/tools_reference/settings_reference.html CROSS_ORIGIN_STORAGE
 */
export function findEmscriptenHashes(literals: Literals, stubs: Span[]): EmbeddedHash[] {
  const isOurs = (at: number): boolean => stubs.some((stub) => contains(stub, at))
  const askers = literals.lookups.filter((at) => !isOurs(at)).flatMap((at) => functionsAround(at, literals))
  const isAskedFor = (at: number): boolean => askers.some((asker) => contains(asker, at))

  const found = new Map<string, EmbeddedHash>()
  for (const { object, value } of literals.exposed) {
    const digits = digitsOf(value, literals)
    if (digits === undefined || isOurs(value.start)) continue
    const hash = stringOf(digits)!
    const asked = literals.hashObjects
      .filter(({ start }) => isAskedFor(start) && !isOurs(start))
      .flatMap((node) => digitsOf(node, literals) ?? [])
      .filter((node) => stringOf(node) === hash)
    const isRead = literals.readings.some((reading) => reading.object === object && isAskedFor(reading.start))
    if (asked.length === 0 && !isRead) continue
    const spans = [digits, ...asked].map(inside)
    found.set(hash, {
      by: 'emscripten',
      value: hash,
      spans: [...new Map([...(found.get(hash)?.spans ?? []), ...spans].map((at) => [at.start, at])).values()],
      namesNear: scopesAround(value.start, literals).map((scope) =>
        literals.strings
          .filter(({ start }) => contains(scope, start) && !isOurs(start))
          .map((node) => stringOf(node)!)
          .filter((text) => !isHash(text)),
      ),
    })
  }
  return [...found.values()]
}

/**
 * The function around a position and the one around that, for glue stores in a function within the one that looks up;
 * the script where there is none.
 */
function functionsAround(at: number, literals: Literals): Span[] {
  const scopes = scopesAround(at, literals)
  return scopes.length > 1 ? scopes.slice(0, -1).slice(0, 2) : scopes
}
