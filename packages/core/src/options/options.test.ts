import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { WasmCosOptions } from './options.ts'
import { resolveOptions } from './resolve-options.ts'

/** What a user with JavaScript can write. */
const resolve = (options: object) => resolveOptions(options as WasmCosOptions)

describe('bad options are named with the value and the fix', () => {
  test.each([
    [
      { orgins: '*' },
      "option `orgins` is '*': there is no such option; there are include, exclude, origins,",
    ],
    [
      { origins: 'all' },
      "option `origins` is 'all': use 'auto', '*', a list of HTTPS origins, or a function",
    ],
    [
      { origins: ['*', 'https://a.example'] },
      "option `origins` is [ '*', 'https://a.example' ]: '*' already means every origin: use '*' alone, or list origins without it.",
    ],
    [{ origins: ['*'] }, "write origins: '*' without the list"],
    [
      { origins: ['https://a.example/'] },
      "option `origins` is 'https://a.example/': write it as the browser does, without path, trailing slash or default port: 'https://a.example'.",
    ],
    [{ origins: ['https://a.example/app'] }, "default port: 'https://a.example'."],
    [{ origins: ['https://a.example:443'] }, "default port: 'https://a.example'."],
    [{ origins: ['https://A.example'] }, "default port: 'https://a.example'."],
    [{ origins: ['http://a.example'] }, "in development) only: use 'https://a.example'."],
    [{ origins: ['http://127.0.0.1:8080'] }, "use 'http://localhost:8080'."],
    [
      { origins: ['a.example'] },
      "option `origins` is 'a.example': an origin looks like 'https://app.example.com'",
    ],
    [{ origins: ['https://*.a.example'] }, 'origins have no wildcards: list each one'],
    [{ origins: Promise.resolve('*') }, 'a function that returns one of these itself, and no promise of it.'],
    [{ origins: [42] }, 'option `origins` is 42: an origin looks like'],
    [{ verify: 'always' }, "option `verify` is 'always': use 'auto', true or false."],
    [{ integrity: 1 }, 'option `integrity` is 1: use true or false.'],
    [
      { origins: Array.from({ length: 101 }, (_, index) => `https://a${index}.example`) },
      'browsers take 100 origins at the most, and these are 101: list fewer',
    ],
    [
      { publicHashList: 5 },
      'option `publicHashList` is 5: use the path of a list, or { file, huggingFace }.',
    ],
    [{ publicHashList: { file: 'a', sections: 1 } }, 'use the path of a list, or { file, huggingFace }.'],
    [
      { publicHashList: '/none/list.dat' },
      "option `publicHashList` is '/none/list.dat': /none/list.dat cannot be read (ENOENT",
    ],
    [
      { publicHashList: fileURLToPath(import.meta.url) },
      'options.test.ts is no Public Hash List: it has neither',
    ],
    [{ strict: 'yes' }, "option `strict` is 'yes': use true or false."],
    [{ lookupTimeout: -1 }, 'option `lookupTimeout` is -1: use a number of milliseconds, more than 0.'],
    [
      { lookupTimeout: 0 },
      'option `lookupTimeout` is 0: no lookup would be in time, so that every file comes from the network',
    ],
    [{ lookupTimeout: Infinity }, 'option `lookupTimeout` is Infinity: use a number of milliseconds'],
    [{ minSize: '4 kB' }, "option `minSize` is '4 kB': use a number of bytes, 0 or more."],
    [{ include: 5 }, 'option `include` is 5: use a glob, a regular expression, or a list of these.'],
    [{ exclude: [true] }, 'option `exclude` is [ true ]: use a glob'],
    [{ exclude: [''] }, "option `exclude` is [ '' ]: use a glob"],
    [
      { manifest: '/etc/m.json' },
      "option `manifest` is '/etc/m.json': use true for 'wasm-cos.manifest.json', or a file",
    ],
    [{ manifest: '../m.json' }, "option `manifest` is '../m.json'"],
    [{ manifest: '.' }, "option `manifest` is '.'"],
  ])('%o', (options, message) => {
    expect(() => resolve(options)).toThrow(message)
  })

  test.each([[null], ['auto'], [[]]])('%o instead of an object', (options) => {
    expect(() => resolve(options as never)).toThrow(/option `options` is .*: pass an object such as/)
  })

  test('what a function for origins returns', () => {
    const { originsOf } = resolve({ origins: () => ['https://a.example/'] })
    const file = { fileName: 'a.wasm', sources: [], size: 1, hash: '' }
    expect(() => originsOf(file)).toThrow("'https://a.example'")
  })
})

test('localhost is an origin for development', () => {
  expect(() => resolve({ origins: ['http://localhost', 'http://localhost:5173'] })).not.toThrow()
})
