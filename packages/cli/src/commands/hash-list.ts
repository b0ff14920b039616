import { resolve } from 'node:path'
import { HashListError, packHashList } from '@wasm-cos/core'
import type { CAC } from 'cac'
import { CommandError } from '../command-error.ts'
import { count, sizeInWords } from '../print/words.ts'
import { writeResult } from './write-result.ts'

interface PackFlags {
  wasm?: boolean
  huggingFace?: boolean
  out?: string
}

/** Adds `wasm-cos hash-list pack`. */
export function addHashList(cli: CAC): void {
  cli
    .command(
      'hash-list <action> <list>',
      'pack: write a Public Hash List as sorted digests of 32 bytes, as Chromium does',
    )
    .option('--wasm', 'Only the digests whose example URL ends in .wasm: small enough to commit')
    .option('--no-hugging-face', 'Leave the section of Hugging Face out, as browsers may')
    .option('--out <file>', 'Where to write it (default: public-hash-list.bin)')
    .example('  $ wasm-cos hash-list pack public-hash-list.dat --wasm')
    .action(async (action: string, list: string, { wasm = false, huggingFace = true, out }: PackFlags) => {
      if (action !== 'pack')
        throw new CommandError(`There is no "hash-list ${action}": use "hash-list pack <list>".`)
      const file = out ?? 'public-hash-list.bin'
      const packed = pack(resolve(list), { onlyWasm: wasm, huggingFace })
      await writeResult('--out', file, packed)
      console.log(`${count(packed.length / 32, 'digest')} in ${file} (${sizeInWords(packed.length)}).`)
    })
}

function pack(path: string, options: Parameters<typeof packHashList>[1]): Buffer {
  try {
    return packHashList(path, options)
  } catch (error) {
    if (!(error instanceof HashListError)) throw error
    throw new CommandError(`${path} ${error.message}.`)
  }
}
