import type { Built, Host, ResolvedOptions } from '@wasm-cos/core'
import { formatReport } from '@wasm-cos/core/setup'

/** An output on disk at which the last look is still to be taken. */
export interface UnseenOutput {
  /** Absolute path of the output folder. */
  folder: string
  /** The names of the files that the bundler wrote there. */
  emitted: ReadonlySet<string>
  /** When the build began, in milliseconds since 1970. */
  since: number
  host: Host
  built: Built
}

/**
 * Has `folder` look at what else is in an output, once every plugin has copied what it copies, and says what it found.
 * Several outputs in one folder are looked at together: each has files of the others beside it.
 */
export async function lookAtRests(outputs: UnseenOutput[], options: ResolvedOptions): Promise<void> {
  if (outputs.length === 0) return
  const { lookAtRest } = await import('@wasm-cos/folder/last-look')
  for (const folder of new Set(outputs.map((output) => output.folder))) {
    const here = outputs.filter((output) => output.folder === folder)
    const { host } = here[0]!
    const files = here.flatMap(({ built }) => built.manifest.files)
    const { manifest, warnings } = await lookAtRest({
      folder,
      since: Math.min(...here.map(({ since }) => since)),
      emitted: new Set(here.flatMap(({ emitted }) => [...emitted])),
      files: here.flatMap(({ built }) => built.files),
      manifest: { version: 1, files },
      project: host.root,
      options,
      publicUrl: host.publicUrl,
    })
    if (options.strict && warnings.length > 0) host.fail(warnings)
    else for (const warning of warnings) host.warn(warning)
    const found = new Set(manifest.files.map(({ file }) => file))
    const unloaded = files.filter(({ chunks, file }) => chunks.length === 0 && !found.has(file))
    const report = formatReport({ version: 1, files: [...manifest.files, ...unloaded] })
    if (report !== '') host.print(report)
  }
}
