/** What works on output: it is loaded while the bundler is busy with modules. */
export { buildOutput, choiceWarnings, sayWarnings } from '@wasm-cos/core'
export { hostOf } from './host.ts'
export { WrittenFiles } from './written-files.ts'
