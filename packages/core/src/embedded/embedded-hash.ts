import type { Origins } from '../output.ts'
import type { Span } from '../syntax/span.ts'

/** The hash of a wasm file that a script carries, and that is provably wasm-cos's own or Emscripten's. */
export interface EmbeddedHash {
  /**
   * Who wrote it: the table of a wasm-cos stub, an explicit import (`./x.wasm?cos`), or Emscripten's flag
   * `CROSS_ORIGIN_STORAGE`.
   */
  by: 'wasm-cos' | 'import' | 'emscripten'
  /** The 64 hexadecimal digits. */
  value: string
  /** Where these digits stand. */
  spans: Span[]
  /** wasm-cos: the file, size and origins of the row, and the function that has it in its table. */
  row?: { fileName: string; size: number; sizeSpan: Span; origins: Origins; stub: Span }
  /** Emscripten: the wasm files that are named near it: in the function around it, in the one around that, and so on. */
  namesNear: string[][]
}
