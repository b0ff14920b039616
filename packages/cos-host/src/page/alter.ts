import type { ByteFault } from '../faults.ts'

/** Damages bytes without reading more of them than it changes. */
export async function alter(blob: Blob, fault: ByteFault): Promise<Blob> {
  const { size, type } = blob
  const middle = Math.floor(size / 2)
  switch (fault) {
    case 'truncate':
      return blob.slice(0, middle, type)
    case 'extend':
      return new Blob([blob, '\0'], { type })
    case 'flip':
      return new Blob(
        [blob.slice(0, middle), await flipped(blob.slice(middle, middle + 1)), blob.slice(middle + 1)],
        { type },
      )
    case 'replace':
      return new Blob([new Uint8Array(size).fill(0x2a)], { type })
    case 'empty':
      return new Blob([], { type })
  }
}

async function flipped(byte: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await byte.arrayBuffer()).map((value) => value ^ 1)
}
