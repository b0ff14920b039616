/** Whether code may load wasm for itself or, as a download helper does, for others: told by its words, before it is scanned. */
export function mayLoadByWords(code: string): boolean {
  return /WebAssembly|\bfetch\b|\bXMLHttpRequest\b/.test(code)
}
