import { expect, test } from 'vitest'
import { whyNoManifest } from './manifest-place.ts'

const files = new Map([
  ['main.js', 'go()'],
  ['assets/a.wasm', ''],
  ['old.json', '{ "version": 1, "files": [] }'],
])
const why = (name: string) => whyNoManifest(name, files.keys(), (file) => files.get(file))

test.each([
  ['main.js', 'main.js is another file here'],
  ['Main.js', 'main.js is another file here'],
  ['assets', 'assets is a folder here'],
  ['main.js/list.json', 'main.js is no folder here'],
])('%s: no manifest is written over something else', (name, reason) => {
  expect(why(name)).toBe(`manifest: ${reason}. Give the manifest another name.`)
})

test.each(['list.json', 'old.json', 'Old.json', 'assets/list.json'])('%s is free, or a manifest', (name) => {
  expect(why(name)).toBeUndefined()
})
