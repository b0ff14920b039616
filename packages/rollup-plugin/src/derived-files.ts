import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { contentOf, setText } from './bundle.ts'
import type { BundleFiles } from './rollup-like.ts'

/**
 * Brings up to date what earlier plugins made of files that were edited since: Subresource Integrity in pages and
 * manifests, and compressed copies. Such plugins often attach themselves to Vite's own `generateBundle` hooks, so that
 * no order of plugins puts them last.
 *
 * @param before The text that each edited file had.
 */
export function updateDerivedFiles(bundle: BundleFiles, before: ReadonlyMap<string, string>): void {
  const changed = new Map(before)
  updateIntegrity(bundle, changed)
  updateCompressedCopies(bundle, changed)
}

const algorithms = ['sha256', 'sha384', 'sha512']

/** A page whose integrity attributes are updated has changed, too. */
function updateIntegrity(bundle: BundleFiles, changed: Map<string, string>): void {
  const pages = [...bundle.values()].filter(
    (file) => /\.(html?|json)$/.test(file.fileName) && /sha(256|384|512)-/.test(contentOf(file).toString()),
  )
  if (pages.length === 0) return
  const edited = [...changed]
  for (const page of pages) {
    const text = contentOf(page).toString()
    const updated = edited
      .flatMap(([fileName, old]) =>
        algorithms.map((algorithm) => [
          integrityOf(old, algorithm),
          integrityOf(contentOf(bundle.get(fileName)!), algorithm),
        ]),
      )
      .reduce((text, [old, current]) => text.replaceAll(old!, current!), text)
    if (updated === text) continue
    changed.set(page.fileName, text)
    setText(page, updated)
  }
}

function integrityOf(content: string | Uint8Array, algorithm: string): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`
}

const compressions = [
  { ending: '.gz', compress: (bytes: Buffer) => gzipSync(bytes, { level: 9 }), decompress: gunzipSync },
  { ending: '.br', compress: brotliCompressSync, decompress: brotliDecompressSync },
]

function updateCompressedCopies(bundle: BundleFiles, changed: Map<string, string>): void {
  for (const [fileName, old] of changed) {
    for (const { ending, compress, decompress } of compressions) {
      const copy = bundle.get(fileName + ending)
      if (copy?.type !== 'asset' || typeof copy.source === 'string') continue
      if (textIn(copy.source, decompress) !== old) continue
      copy.source = compress(Buffer.from(contentOf(bundle.get(fileName)!)))
    }
  }
}

/** Only its name says that a file is compressed. */
function textIn(bytes: Uint8Array, decompress: (bytes: Uint8Array) => Buffer): string | undefined {
  try {
    return decompress(bytes).toString()
  } catch {
    return undefined
  }
}
