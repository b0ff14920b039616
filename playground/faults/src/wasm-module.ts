/** A valid module whose `answer()` returns a number from 0 to 63; all have the same size. */
export function wasmModule(answer: number): Uint8Array<ArrayBuffer> {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  const type = [1, 5, 1, 0x60, 0, 1, 0x7f]
  const functions = [3, 2, 1, 0]
  const name = [...new TextEncoder().encode('answer')]
  const exports = [7, 3 + name.length + 1, 1, name.length, ...name, 0, 0]
  const code = [10, 6, 1, 4, 0, 0x41, answer, 0x0b]
  return new Uint8Array([...header, ...type, ...functions, ...exports, ...code])
}
