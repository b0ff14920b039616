import { readFile, writeFile } from 'node:fs/promises'
import { type Manifest, manifestText } from '@wasm-cos/core'

/** Adds the files that scripts beside the bundle load to the manifest that the build has written. */
export async function addToManifest(path: string, found: Manifest['files']): Promise<void> {
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  for (const row of found) {
    const known = manifest.files.find(({ file }) => file === row.file)
    if (known === undefined) manifest.files.push(row)
    else {
      known.chunks = [...new Set([...known.chunks, ...row.chunks])]
      if (row.isNamed !== false) delete known.isNamed
    }
  }
  await writeFile(path, manifestText(manifest))
}
