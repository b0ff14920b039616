/** How base64 writes `WebAssembly`, by where the word begins in three bytes. */
export const webAssemblyInBase64: readonly string[] = ['V2ViQXNzZW1ibH', 'dlYkFzc2VtYmx5', 'XZWJBc3NlbWJse']

/** The script that a string is, as text or in base64, if that downloads wasm. */
export function loaderIn(text: string): string | undefined {
  if (isLoader(text)) return text
  if (!webAssemblyInBase64.some((word) => text.includes(word))) return undefined
  const decoded = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64').toString()
  return isLoader(decoded) ? decoded : undefined
}

function isLoader(text: string): boolean {
  return /\bfetch\s*\(|\bXMLHttpRequest\b/.test(text) && /WebAssembly|\.wasm/.test(text)
}
