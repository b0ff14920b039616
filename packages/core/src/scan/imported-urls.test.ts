import { expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve-options.ts'
import type { ScriptFile } from '../output.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()

/** The scripts that are edited of an output with `a.wasm`, a library, and the scripts that are given. */
function editedOf(scripts: Record<string, string>, rest: Partial<ScriptFile> = {}): string[] {
  const { edits } = processOutput(
    [
      { type: 'wasm', fileName: 'a.wasm', bytes: Buffer.from('a'), sources: [] },
      ...Object.entries(scripts).map(([fileName, code]): ScriptFile => ({
        type: 'script',
        fileName,
        code,
        ...rest,
      })),
    ],
    { options: resolveOptions(), parser },
  )
  return edits.map(({ fileName }) => fileName)
}

const library = 'var init = async (input) => WebAssembly.instantiateStreaming(input ?? fetch("a.wasm"));'

test.each([
  [
    'a constant',
    'var url = "/a.wasm"; export { init as i, url as u }',
    'import { i, u } from "./lib.js"; i(fetch(u))',
  ],
  [
    'a template',
    'var url = `/a.wasm`; export { init as i, url as u }',
    'import{i as n,u as t}from"./lib.js";n(fetch(t))',
  ],
  [
    'a URL',
    'const $ = "" + new URL("a.wasm", import.meta.url).href; export { init as i, $ as u }',
    'import { u as t, i as n } from "./lib.js"; n(fetch(t))',
  ],
  ['a declaration', 'export const url = "/a.wasm", i = init', 'import { url } from "./lib.js"; fetch(url)'],
  [
    'the whole module',
    'var url = "/a.wasm"; export { url as u }',
    'import * as lib from "./lib.js"; fetch(lib.u)',
  ],
  [
    'a dynamic import',
    'var url = "/a.wasm"; export { url as u }',
    'import("./lib.js").then(({ u }) => fetch(u))',
  ],
])('who imports the URL from the library that loads the file answers for it, too: %s', (_, exports, page) => {
  expect(editedOf({ 'lib.js': `${library} ${exports}`, 'page.js': page })).toEqual(['lib.js', 'page.js'])
})

test.each([
  [
    'another name for it',
    'var url = "/a.wasm", wasmUrl = url; export { wasmUrl }',
    'import { wasmUrl } from "./lib.js"; fetch(wasmUrl)',
  ],
  ['the default', 'var url = "/a.wasm"; export { url as default }', 'import url from "./lib.js"; fetch(url)'],
  ['a name with a sign', 'export var url$ = "/a.wasm"', 'import i, { url$ as u } from "./lib.js"; fetch(u)'],
])('%s', (_, exports, page) => {
  expect(editedOf({ 'lib.js': `${library} ${exports}`, 'page.js': page })).toEqual(['lib.js', 'page.js'])
})

test('who imports something else does not', () => {
  const scripts = {
    'lib.js': `${library} var url = "/a.wasm"; export { init as i, url as u }`,
    'page.js': 'import { u } from "./lib.js"; fetch(u)',
    'other.js': 'import { i } from "./lib.js"; i(); fetch("/api")',
    'lazy.js': 'import("./lib.js").then(({ i }) => i()); fetch("/api")',
    'whole.js': 'import * as lib from "./lib.js"; fetch(lib.u)',
  }
  expect(editedOf(scripts)).toEqual(['lib.js', 'page.js', 'whole.js'])
  const { 'page.js': _, 'whole.js': _whole, ...others } = scripts
  expect(editedOf({ ...others, 'route.js': 'import("./lib.js").then((lib) => fetch(lib.u))' })).toEqual([
    'lib.js',
    'route.js',
  ])
})

test.each([
  ['Rspack', '493(e,t,r){e.exports=r.p+"a.wasm"}', 't(493)'],
  ['webpack', '493:(e,t,r)=>{"use strict";e.exports=r.p+"a.wasm"}', 't(493)'],
  ['webpack for older browsers', '493:function(e,t,r){e.exports=r.p+"a.wasm"}', 't(493)'],
  ['named modules', '"./src/a.wasm"(e,t,r){e.exports=r.p+"a.wasm"}', 't("./src/a.wasm")'],
])('modules of a bundler with a runtime of its own: %s', (_, module, required) => {
  const chunk = (modules: string) => `(self.webpackChunk=self.webpackChunk||[]).push([[1],{${modules}}])`
  const scripts = {
    'lib.js': chunk(`289(e,t,r){${library}t.i=init},${module}`),
    'page.js': chunk(`127(e,n,t){t(289).i(fetch(${required}))}`),
    'other.js': chunk('128(e,n,t){t(289).i();fetch("/api");x.t(493);Array(493);f(493)}'),
  }
  expect(editedOf(scripts, { format: 'script' })).toEqual(['lib.js', 'page.js'])
})
