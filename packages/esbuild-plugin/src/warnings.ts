import type { BuildResult, Location, Message, PartialMessage, PluginBuild } from 'esbuild'

const levelsWithWarnings = new Set(['verbose', 'debug', 'info', 'warning'])

const nowhere: Location = {
  file: '',
  namespace: 'file',
  line: 0,
  column: 0,
  length: 0,
  lineText: '',
  suggestion: '',
}

/**
 * Warns at the end of a build. Warnings that a callback returns there are printed for a context only, not for a single
 * build: these are printed here, for both, and put into the result as esbuild would.
 *
 * @see https://esbuild.github.io/plugins/#on-end
 */
export async function warnAtEnd(
  { esbuild, initialOptions }: PluginBuild,
  { warnings }: BuildResult,
  said: PartialMessage[],
): Promise<void> {
  const messages = said.map(({ text = '', location }): Message => ({
    id: '',
    pluginName: 'wasm-cos',
    text,
    location: location ? { ...nowhere, ...location } : null,
    notes: [],
    detail: undefined,
  }))
  warnings.push(...messages)
  const { color = process.stderr.isTTY, logLevel = 'warning' } = initialOptions
  if (messages.length === 0 || !levelsWithWarnings.has(logLevel)) return
  const formatted = await esbuild.formatMessages(messages, { kind: 'warning', color })
  console.error(formatted.join('').trimEnd())
}

/** Texts in esbuild's form, without a place in the code. */
export function toMessages(texts: string[]): PartialMessage[] {
  return texts.map((text) => ({ text }))
}
