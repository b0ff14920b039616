import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { stub, stubGlobals, stubWithIntegrity, xhrStub, xhrStubGlobals } from '../dist/stub.js'

/** Bytes after gzip that a stub may have: a change that needs more says in README.md what for. */
const budgets: [name: string, text: string, budget: number][] = [
  ['stub', stub, 2193],
  ['stubWithIntegrity', stubWithIntegrity, 2514],
  ['xhrStub', xhrStub, 1720],
]

describe.each(budgets)('%s', (name, text, budget) => {
  test('is one expression in the syntax of ES2017', () => {
    const program = parse(`(${text})`, { ecmaVersion: 2017, sourceType: 'script' })
    expect(program.body).toHaveLength(1)
  })

  test('is within its budget', () => {
    const gzip = gzipSync(text, { level: 9 }).length
    console.log(`${name}: ${text.length} B, gzip ${gzip} B, brotli ${brotliCompressSync(text).length} B`)
    expect(gzip).toBeLessThanOrEqual(budget)
  })

  test('can stand in an inline script', () => {
    expect(text).not.toMatch(/<\/script|<!--|[^\x20-\x7e]/)
  })
})

test('the global object has no name in it: a script may have a variable of that name', () => {
  const names = new Set(['self', 'window', 'globalThis', 'global', 'frames'])
  expect([...stubGlobals, ...xhrStubGlobals].filter((name) => names.has(name))).toEqual([])
})

test.each([stub, stubWithIntegrity])('in Node, where there is no self, it is fetch', async (text) => {
  const createCosFetch = new Function(
    `'use strict'; return ${text}`,
  )() as typeof import('./stub/create-cos-fetch.ts').createCosFetch
  const cosFetch = createCosFetch([['a.wasm', 1, { algorithm: 'SHA-256', value: '' }]], [[], [], []], 1, 500)
  expect(typeof self).toBe('undefined')
  expect(await (await cosFetch()('data:text/plain,plain')).text()).toBe('plain')
})
