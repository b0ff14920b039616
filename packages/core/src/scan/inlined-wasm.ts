/** Base64 of a wasm module's first four bytes, `\0asm`, in a data URL or bare; esbuild writes short ones without. */
const inlinedModule = /^(data:application\/wasm,|(data:application\/(wasm|octet-stream);base64,)?AGFzb)/

/** About how many bytes a wasm module has that a string is; 0 if it is none. */
export function inlinedSizeOf(text: string): number {
  const match = inlinedModule.exec(text)
  if (match === null) return 0
  const [head] = match
  if (!head.endsWith('AGFzb')) return text.length - head.length
  return Math.floor(((text.length - head.length + 'AGFzb'.length) * 3) / 4)
}
