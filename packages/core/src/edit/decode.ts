import { isUtf8 } from 'node:buffer'

/** The text of a file; undefined if it is not UTF-8. A byte order mark stays. */
export function decode(content: string | Uint8Array): string | undefined {
  if (typeof content === 'string') return content
  return isUtf8(content)
    ? Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString()
    : undefined
}
