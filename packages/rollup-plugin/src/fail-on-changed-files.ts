import type { PluginContext } from './rollup-types.ts'
import type { WrittenFiles } from './written-files.ts'

/** Fails a build if one of its written wasm files is not what was emitted. */
export async function failOnChangedFiles(context: PluginContext, outputs: WrittenFiles[]): Promise<void> {
  for (const output of outputs) {
    const messages = await output.check()
    if (messages.length > 0) context.error(messages.join('\n'))
  }
}
