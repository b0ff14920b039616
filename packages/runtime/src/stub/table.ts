import type { WasmHash } from '../api.ts'

/** A file the stub answers for: path within the output, size in bytes, hash, and who may read what is stored. */
export type StubFile = readonly [
  file: string,
  size: number,
  hash: WasmHash,
  origins?: '*' | readonly string[],
]

/** Which hits need no check of their bytes: 0, none; 1, those of an API that is the browser's own; 2, all. */
export type Trust = 0 | 1 | 2
