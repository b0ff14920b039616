import { posix } from 'node:path'
import {
  integrityOf,
  type Manifest,
  type ManifestFile,
  manifestText,
  parseManifest,
  type HashedWasmFile,
} from '@wasm-cos/core'
import type { Folder } from '../read.ts'
import { type Finding, short } from './finding.ts'

/** What a manifest is called unless the option says otherwise. */
const defaultName = 'wasm-cos.manifest.json'

/** The manifests in a folder. */
function readManifests({ texts }: Folder, name = defaultName): [string, Manifest][] {
  return [...texts].flatMap(([fileName, text]): [string, Manifest][] => {
    if (fileName !== name && posix.basename(fileName) !== defaultName) return []
    const manifest = parseManifest(text)
    return manifest === undefined ? [] : [[fileName, manifest]]
  })
}

/** Compares the hashes in manifests with the files. */
export function checkManifests(folder: Folder, name?: string): Finding[] {
  return readManifests(folder, name).flatMap(([carrier, { files }]) =>
    files.map((entry): Finding => {
      const file = fileOf(entry, folder, carrier)
      const common = {
        file: file?.fileName ?? entry.file,
        embedded: entry.hash.value,
        carrier,
        by: 'manifest' as const,
        origins: entry.origins,
      }
      if (file === undefined) {
        return {
          ...common,
          status: 'missing',
          problem: `${carrier} lists ${entry.file}, which is not in the folder`,
        }
      }
      const described = { ...common, size: file.size, hash: file.hash.value }
      if (isTrue(entry, file)) return { ...described, status: 'true' }
      const problem = `${carrier} lists ${short(entry.hash.value)} (${entry.size} bytes) for ${file.fileName}, which is ${short(file.hash.value)} (${file.size} bytes)`
      return { ...described, status: 'stale', problem }
    }),
  )
}

/** Writes the manifests of a folder anew where they are no longer right. */
export function repairManifests(folder: Folder, name?: string): Map<string, string> {
  const repaired = new Map<string, string>()
  for (const [carrier, manifest] of readManifests(folder, name)) {
    const files = manifest.files.map((entry) => {
      const file = fileOf(entry, folder, carrier)
      if (file === undefined || isTrue(entry, file)) return entry
      return { ...entry, hash: file.hash, integrity: integrityOf(file.hash), size: file.size }
    })
    const text = manifestText({ ...manifest, files })
    if (files.some((entry, index) => entry !== manifest.files[index])) repaired.set(carrier, text)
  }
  return repaired
}

function isTrue({ hash, integrity, size }: ManifestFile, file: HashedWasmFile): boolean {
  return hash.value === file.hash.value && size === file.size && integrity === integrityOf(file.hash)
}

/** Paths in a manifest start at the folder that it is in. */
function fileOf({ file }: ManifestFile, { wasm }: Folder, carrier: string): HashedWasmFile | undefined {
  const path = posix.join(posix.dirname(carrier), file)
  return wasm.find(({ fileName }) => fileName === path)
}
