import { expect, test } from 'vitest'
import { leftBeside } from './left-beside.ts'

const original = "const name='glue';let count=0;export const next=()=>++count;fetch('a.wasm')"
const edited = `function cosFetch_0123abcd(own){return own};${original.replace('fetch', 'cosFetch_0123abcd()')}`

const leftOf = (texts: Record<string, string>): string[] => [...leftBeside(new Map(Object.entries(texts)))]

test('what an edited script was is left besides, if nothing names it', () => {
  const texts = { 'a/glue-B1x2Y3z4.js': edited, 'a/glue-Q7w8E9r0.js': original }
  expect(leftOf(texts)).toEqual(['a/glue-Q7w8E9r0.js'])
  expect(leftOf({ ...texts, 'a/main.js': "import './glue-Q7w8E9r0.js'" })).toEqual([])
  expect(leftOf({ ...texts, 'a/main.js': "import('./glue-'+{b:'Q7w8E9r0'}.b+'.js')" })).toEqual([])
})

test.each([
  ['of another folder', 'b/glue-Q7w8E9r0.js', original],
  ['of another name', 'a/other-Q7w8E9r0.js', original],
  ['of another content', 'a/glue-Q7w8E9r0.js', "const other='glue2';fetch('b.wasm');doSomethingElse(other)"],
  ['with nothing to compare', 'a/glue-Q7w8E9r0.js', "fetch('b.wasm')"],
])('a script %s is not', (_, name, code) => {
  expect(leftOf({ 'a/glue-B1x2Y3z4.js': edited, [name]: code })).toEqual([])
})
