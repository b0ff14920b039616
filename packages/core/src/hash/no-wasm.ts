/** What can stand in the place of a wasm file, under its name. */
export type NoWasm = 'git-lfs' | 'html' | 'empty'

/**
 * Recognises by its first bytes what is no wasm file: the pointer that Git LFS checks out where it is not installed, the page
 * that a server sent instead of a download, or nothing. Other content may be wasm that is compressed or encrypted.
 *
 * @param start A hundred bytes, or all.
 * @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
export function noWasmOf(start: Uint8Array): NoWasm | undefined {
  if (start.length === 0) return 'empty'
  // No wasm file begins with such a byte: its first one is 0.
  if (!textStarts.has(start[0]!)) return undefined
  const text = Buffer.from(start.subarray(0, 100)).toString('latin1')
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return 'git-lfs'
  return /^(\xef\xbb\xbf)?\s*<(!doctype html|html)\b/i.test(text) ? 'html' : undefined
}

const textStarts = new Set(Buffer.from('v< \t\r\n\xef', 'latin1'))
