import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { Recent } from '../memory/recent.ts'
import { asRemembered } from '../memory/remember.ts'

/** Texts by the hash of their bytes. */
const known = new Recent<string, string>()
/** From how many bytes on it pays to hash them: memory for a large text costs more than what is written into it. */
const worthKnowing = 2 ** 16

/**
 * The text of a file; undefined if it is not UTF-8. A byte order mark stays. A large text that an earlier build of this
 * process had is that text: nothing is decoded again.
 */
export function decode(content: string | Uint8Array): string | undefined {
  if (typeof content === 'string') return asRemembered(content)
  if (content.length < worthKnowing) return decodeNow(content)
  const key = hash('sha256', content)
  const earlier = known.get(key)
  if (earlier !== undefined) return earlier
  const decoded = decodeNow(content)
  if (decoded === undefined) return undefined
  const text = asRemembered(decoded)
  known.set(key, text, text.length)
  return text
}

function decodeNow(content: Uint8Array): string | undefined {
  return isUtf8(content)
    ? Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString()
    : undefined
}
