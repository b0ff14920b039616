import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import { loadParser } from '../syntax/parser.ts'
import { processOutput } from '../process.ts'
import { call, travellersOf } from '../testing/travellers.ts'

const parser = await loadParser()

// What only modules can say; the property-based test is about the rest.

const importOwn = `data:text/javascript,export const own = (...args) => self.own(...args)`

/** Modules that ask for the global `fetch` by its name. */
const askers = [
  "log(fetch('u')); export {}",
  "log(await fetch('u')); export {}",
  'export default fetch',
  'export const load = fetch',
  "export default () => fetch('u')",
  `export { own as fetch } from '${importOwn}'; log(fetch('u'))`,
  `export * as fetch from '${importOwn}'; log(fetch('u'))`,
  "const load = fetch; export { load as fetch }; log(load('u'))",
  "class Loader { fetch = fetch; load() { return this.fetch.call(undefined, 'u') } }; log(new Loader().load()); export {}",
  "import.meta.url; log(typeof fetch); const URL = 1; log(fetch('u'), URL); export {}",
  "log(await import('data:text/javascript,export default 1').then(() => fetch('u'))); export {}",
  "export const load = (url = 'u', call = fetch) => call(url)",
  "export default async function load(url) { return await fetch(url ?? 'u') }",
  "export default class { load = fetch; static run(url = 'u') { return fetch(url) } }",
  "export class Loader { static async load() { return (await fetch('u'), 1) } get answer() { return fetch?.('v') } }",
  "export function* load({ call = fetch } = {}) { yield call('u'); yield fetch.call(null, 'v') }",
  'export const client = { fetch, get: (url) => fetch.apply(undefined, [url]), post(url) { return window.fetch(url) } }',
  "export const load = fetch.bind(null, 'u'), again = () => load() && fetch.bind(null)('v')",
]

/** Modules that have a `fetch` of their own, or take the global one by another name. */
const others = [
  'export const { fetch: load } = window',
  "export default function fetch(...args) { return own('declared', ...args) }",
  "export function fetch(...args) { return own('declared', ...args) }; log(fetch('u'))",
  "const fetch = own; export { fetch }; log(fetch('u'))",
  "export let fetch = own; log(fetch('u'))",
  `import { own as fetch } from '${importOwn}'; log(fetch('u')); export { fetch }`,
  `import * as fetch from '${importOwn}'; log(fetch.own('u'))`,
]

let done: string[] = []
let runs = 0
beforeEach(() => {
  const record =
    (name: string) =>
    (...values: unknown[]): unknown => {
      done.push(`${name} ${values.join()}`)
      return values[0]
    }
  vi.stubGlobal('self', globalThis)
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('location', new URL('https://page.example/'))
  vi.stubGlobal('log', record('log'))
  vi.stubGlobal('own', record('own'))
  vi.stubGlobal('fetch', record('fetch'))
})
afterEach(() => vi.unstubAllGlobals())

/** Runs a module, calls what it exports, and says what happened. */
async function trace(code: string): Promise<string[]> {
  done = []
  // Another URL each time, or the module would not run again.
  const url = `data:text/javascript,${encodeURIComponent(`${code}\n//${runs++}`)}`
  const exports = (await import(/* @vite-ignore */ url)) as object
  for (const [name, value] of Object.entries(exports)) done.push(`${name}: ${outcomeOf(value)}`)
  return done
}

/** What a call of an export comes to; of a class that is an error. */
function outcomeOf(value: unknown): string {
  if (typeof value !== 'function') return typeof value
  try {
    return String(value('v'))
  } catch (error) {
    return String(error)
  }
}

/** A module after the whole process. */
function instrument(code: string): string {
  const { edits } = processOutput(
    [
      { type: 'wasm', fileName: 'a.wasm', bytes: Buffer.from('a'), sources: [] },
      { type: 'script', fileName: 'chunk.js', code, format: 'module', refersTo: ['a.wasm'] },
    ],
    { options: resolveOptions(), parser },
  )
  return edits.reduce((text, { changes }) => applyChanges(text, changes), code)
}

test.each([...askers, ...others])('%s', async (code) => {
  expect(await trace(instrument(code))).toEqual(await trace(code))
})

test.each(askers)('%s is edited', (code) => {
  expect(instrument(code)).toContain('cosFetch_')
})

test.each(others)('%s is not edited', (code) => {
  expect(instrument(code)).toBe(code)
})

test.each([...askers, ...others])('what travels from %s', async (code) => {
  const [before, after] = [travellersOf(code, 'module'), travellersOf(instrument(code), 'module')]
  expect(after).toHaveLength(before.length)
  for (const [index, text] of after.entries()) {
    const [was, is] = [before[index]!, text].map((text) => `${call(text, '')}; export {}`)
    expect(await trace(is!).catch(String)).toEqual(await trace(was!).catch(String))
  }
})
