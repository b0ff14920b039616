import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { minify as minifyWithOxc } from 'rolldown/utils'
import { minify as minifyWithTerser } from 'terser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()

/** A script as it is after the build. */
function build(code: string): string {
  const { edits } = processOutput([{ type: 'script', fileName: 'loader.js', code }], {
    options: resolveOptions(),
    parser,
  })
  return applyChanges(code, edits[0]?.changes ?? [])
}

/** A storage that has its method by some names, and keeps what was asked of it. */
class Storage {
  readonly asked: string[] = []
  readonly stored = new Map<string, string>()

  constructor(names: string[]) {
    for (const name of names) {
      Object.defineProperty(this, name, {
        value: (hash: never, options?: { create?: boolean }) => {
          if (this === undefined) throw new TypeError('Illegal invocation')
          return name.endsWith('s')
            ? Promise.all((hash as { value: string }[]).map((one) => this.#handle(one, options)))
            : this.#handle(hash, options)
        },
      })
    }
  }

  async #handle({ value }: { value: string }, options: { create?: boolean } = {}): Promise<unknown> {
    this.asked.push(options.create ? 'store' : 'lookup')
    if (!options.create && !this.stored.has(value))
      throw Object.assign(new Error('none'), { name: 'NotFoundError' })
    return {
      getFile: async () => ({ text: async () => this.stored.get(value) }),
      createWritable: async () => ({
        write: async (text: string) => void this.stored.set(value, text),
        close: async () => {},
      }),
    }
  }
}

const hash = { algorithm: 'SHA-256', value: createHash('sha256').update('wasm').digest('hex') }

/** Loads twice by a script that sets `load`. */
async function loadTwice(code: string, storage: Storage): Promise<{ loaded: string[]; fetched: number }> {
  let fetched = 0
  const realm = {
    hash,
    load: async () => '',
    stored: undefined as Promise<void> | undefined,
    navigator: { crossOriginStorage: storage },
    fetch: async () => (fetched++, 'wasm'),
  }
  runInNewContext(code.replace(/^export .*/m, ''), Object.assign(realm, { window: realm, globalThis: realm }))
  const loaded = [await realm.load()]
  await realm.stored
  loaded.push(await realm.load())
  return { loaded, fetched }
}

// Written anew after the loaders: each asks in the way of its own, and stores in the background.
const loaders: Record<string, string> = {
  'Emscripten, its first releases': `load = async () => {
    var Module = {}
    if ('crossOriginStorage' in navigator) {
      try {
        var handles = await navigator.crossOriginStorage.requestFileHandles([hash])
        return await (await handles[0].getFile()).text()
      } catch (error) {
        if (error.name !== 'NotFoundError') return fetch()
        var bytes = await fetch()
        stored = (async () => {
          var written = await navigator.crossOriginStorage.requestFileHandles([hash], { create: true, origins: '*' })
          var writable = await written[0].createWritable()
          await writable.write(bytes)
          await writable.close()
        })()
        return bytes
      }
    }
  }`,
  'Emscripten since emscripten#27066': `load = async () => {
    var Module = { wasmHash: hash }
    if (globalThis.navigator?.crossOriginStorage) {
      var cosHash = Module['wasmHash']
      try {
        var handle = await navigator.crossOriginStorage.requestFileHandle(cosHash)
        return await (await handle.getFile()).text()
      } catch {
        var bytes = await fetch()
        stored = (async () => {
          var writable = await (await navigator.crossOriginStorage.requestFileHandle(cosHash, { create: true })).createWritable()
          await writable.write(bytes)
          await writable.close()
        })()
        return bytes
      }
    }
  }`,
  Flutter: `load = async () => {
    const isSupported = 'crossOriginStorage' in navigator && 'requestFileHandles' in navigator.crossOriginStorage
    if (!isSupported) return fetch()
    try {
      const [handle] = await navigator.crossOriginStorage.requestFileHandles([hash])
      return await (await handle.getFile()).text()
    } catch {}
    const response = await fetch()
    stored = (async () => {
      const [handle] = await navigator.crossOriginStorage.requestFileHandles([hash], { create: true })
      const writable = await handle.createWritable()
      await writable.write(response)
      await writable.close()
    })()
    return response
  }`,
  wllama: `var store = { isSupported() {
      var _a
      return typeof navigator !== 'undefined' && typeof ((_a = navigator.crossOriginStorage) == null ? void 0 : _a.getFileHandle) === 'function'
    }, read(hash) {
      return navigator.crossOriginStorage.getFileHandle(hash).then((handle) => handle.getFile()).then((file) => file.text())
    } }
  load = async () => {
    if (!store.isSupported()) return fetch()
    return store.read(hash).catch(async () => {
      const bytes = await fetch()
      stored = navigator.crossOriginStorage.getFileHandle(hash, { create: true, origins: '*' })
        .then((handle) => handle.createWritable()).then(async (writable) => { await writable.write(bytes); await writable.close() })
      return bytes
    })
  }`,
  'a variable and an optional chain': `load = async () => {
    const storage = navigator?.crossOriginStorage
    const found = await navigator.crossOriginStorage?.requestFileHandle(hash).then((handle) => handle.getFile(), () => undefined)
    if (found) return found.text()
    const bytes = await fetch()
    stored = storage?.requestFileHandle(hash, { create: true })
      .then((handle) => handle.createWritable()).then(async (writable) => { await writable.write(bytes); await writable.close() })
    return bytes
  }`,
}

const apis = [
  ['getFileHandle'],
  ['requestFileHandle'],
  ['requestFileHandles'],
  ['getFileHandle', 'requestFileHandle'],
  ['requestFileHandle', 'requestFileHandles'],
]

describe.each(Object.entries(loaders))('%s', (_, loader) => {
  test.each(apis.map((names) => [names]))('with %s: one lookup and one store, then a hit', async (names) => {
    const built = build(loader)
    for (const code of [
      built,
      build(built),
      build((await minifyWithTerser(loader)).code!),
      (await minifyWithTerser(built)).code!,
      build((await minifyWithOxc('loader.js', loader)).code),
    ]) {
      const storage = new Storage(names)
      expect(await loadTwice(code, storage)).toEqual({ loaded: ['wasm', 'wasm'], fetched: 1 })
      expect(storage.asked).toEqual(['lookup', 'store', 'lookup'])
    }
  })

  test('is changed once', () => {
    const built = build(loader)
    expect(built).not.toBe(loader)
    expect(build(built)).toBe(built)
  })
})

test.each([
  ['a folder of the File System API', 'const file = await folder.getFileHandle(name)'],
  ['a method of its own that is written', 'storage.requestFileHandle = () => {}'],
  ['a name in a string', 'console.log("crossOriginStorage has no requestFileHandle")'],
])('%s stays as it is', (_, statement) => {
  const code = `async function run() { ${statement} }`
  expect(build(code)).toBe(code)
})

test('a library with a method of this name keeps calling it', () => {
  const code = 'result = library.requestFileHandle(1, 2)'
  const realm = {
    library: {
      get: (a: number, b: number) => a + b,
      requestFileHandle(a: number, b: number) {
        return this.get(a, b)
      },
    },
    result: 0,
  }
  runInNewContext(build(code), realm)
  expect(realm.result).toBe(3)
})

test('lines without semicolons stay apart, and what throws still throws', () => {
  const code = `result = 1\nnavigator.crossOriginStorage.requestFileHandle(hash)`
  const run = (storage: unknown) => {
    const realm = { result: 0, hash, asked: 0, navigator: { crossOriginStorage: storage } }
    runInNewContext(build(code), realm)
    return realm.result
  }
  expect(run({ getFileHandle: () => 0 })).toBe(1)
  expect(() => run(undefined)).toThrow(/Cannot read properties of undefined/)
  expect(() => run({})).toThrow(/is not a function/)
})

describe('a method of that name that is not called on the spot is what it was', () => {
  const programs: [string, string][] = [
    [
      'bound to itself',
      `class P { constructor() { this.requestFileHandle = this.requestFileHandle.bind(this) } requestFileHandle(n) { return n } }
      seen.push(new P().requestFileHandle(1))`,
    ],
    [
      'replaced by one that calls it',
      `var s = { requestFileHandle: (n) => n }, real = s.requestFileHandle
      s.requestFileHandle = function (n) { seen.push('watched'); return real.call(this, n) }
      seen.push(s.requestFileHandle(2))`,
    ],
    [
      'that of a class above',
      `class B { requestFileHandle(n) { return n } }
      class C extends B { requestFileHandle(n) { return super.requestFileHandle(n) + 1 } }
      seen.push(new C().requestFileHandle(3))`,
    ],
    [
      'the target of a pattern',
      `var s = {}; ({ f: s.requestFileHandle } = { f: 4 }); seen.push(s.requestFileHandle)`,
    ],
    [
      'called on another object',
      `var s = { n: 5, requestFileHandle() { return this.n } }; seen.push(s.requestFileHandle.call({ n: 6 }))`,
    ],
    [
      'compared',
      `var s = { requestFileHandle() {} }; seen.push(s.requestFileHandle === s.requestFileHandle)`,
    ],
  ]
  test.each(programs)('%s', (_, code) => {
    const run = (text: string): unknown[] => {
      const seen: unknown[] = []
      runInNewContext(text, { seen })
      return seen
    }
    expect(run(build(code))).toEqual(run(code))
  })
})
