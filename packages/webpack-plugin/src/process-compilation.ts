import { relative } from 'node:path'
import {
  type EarlySources,
  type HashedFile,
  loadParser,
  type ProcessedOutput,
  processOutput,
  type ResolvedOptions,
} from '@wasm-cos/core'
import { CompilationOutput } from './compilation-output.ts'
import type { FinalNames } from './final-names.ts'
import { publicUrlOf } from './public-url.ts'
import { reasonToSkip } from './reason-to-skip.ts'
import type { Compilation, Compiler } from './webpack-like.ts'

// Whoever imports this module waits for it.
const parser = await loadParser()

/** Edits the assets of a compilation; errors and warnings go where the bundler's own are. */
export async function processCompilation(
  compiler: Compiler,
  compilation: Compilation,
  options: ResolvedOptions,
  finalNames: FinalNames,
  early: EarlySources,
): Promise<ProcessedOutput | undefined> {
  const { WebpackError, sources } = compiler.webpack
  const output = await CompilationOutput.read(compiler, compilation, early)
  const publicUrl = publicUrlOf(compilation)
  const reason = reasonToSkip(compiler, compilation)
  const result = processOutput(output.files, {
    options,
    parser,
    injects: reason === undefined,
    sourceName: (path) => relative(compiler.context, path).replaceAll('\\', '/'),
    ...(publicUrl !== undefined && { publicUrl }),
  })

  const messages =
    reason === undefined ? result.warnings.map(({ message }) => message) : skipped(result.files, reason)
  const channel = options.strict ? compilation.errors : compilation.warnings
  channel.push(...messages.map((message) => new WebpackError(message)))
  output.edit(result.edits)
  if (reason !== undefined) return undefined

  if (options.manifest !== undefined) {
    const text = `${JSON.stringify(result.manifest, undefined, 2)}\n`
    compilation.emitAsset(options.manifest, new sources.RawSource(text) as never)
  }
  const followed = [...result.files, ...result.edits]
  finalNames.follow(new Map(followed.map(({ fileName }) => [fileName, output.assetNameOf(fileName)])))
  return result
}

function skipped(files: HashedFile[], reason: string): string[] {
  if (files.length === 0) return []
  const names = files.map(({ fileName }) => fileName).join(', ')
  return [`${names}: not shared through Cross-Origin Storage, because this build ${reason}.`]
}
