import { posix } from 'node:path'
import { checkHashes, type Manifest, type ScriptFile, type Warning } from '@wasm-cos/core'
import { parser } from '../parser.ts'
import type { Site } from '../read/sites.ts'

/**
 * Adds a warning for each file that is not shared because the script that names it was instrumented before, by a plugin or
 * by an earlier run, without that file: no script is instrumented twice.
 */
export function withEarlierRun({ scripts, wasm }: Site, manifest: Manifest, warnings: Warning[]): Warning[] {
  const unshared = manifest.files.filter(({ chunks }) => chunks.length === 0).map(({ file }) => file)
  if (unshared.length === 0) return warnings
  const earlier = scripts.filter((script) => carriesStub(script, wasm))
  const leftOut = unshared.flatMap((file) => {
    const script = earlier.find(({ code }) => code.includes(posix.basename(file)))
    return script === undefined ? [] : [{ file, script: script.fileName }]
  })
  const isExplained = (warning: Warning) =>
    warning.code === 'not-loaded-by-fetch' && leftOut.some(({ file }) => warning.file === file)
  return [
    ...warnings.filter((warning) => !isExplained(warning)),
    ...leftOut.map(({ file, script }): Warning => ({
      code: 'instrumented-before',
      message:
        `${file} is not shared: ${script} was built with a plugin of wasm-cos, or the command was run before, without this file, ` +
        'and what was done is not done twice. Build the site anew with the file included, or without the plugin before the command is run.',
    })),
  ]
}

function carriesStub(script: ScriptFile, wasm: Site['wasm']): boolean {
  try {
    return checkHashes(script, wasm, parser).some(({ by }) => by === 'wasm-cos')
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
