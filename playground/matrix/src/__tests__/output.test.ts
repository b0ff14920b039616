import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, test } from 'vitest'
import { prepareApp } from '../app.ts'
import type { BuildRequest } from '../bundler.ts'
import { bundlers } from '../bundlers.ts'
import { readOutput, textsOf } from '../output.ts'
import { embeddedHashes, makeWasm, sha256 } from '@wasm-cos/harness'

describe.each(bundlers)('$name', (bundler) => {
  /** Builds a style in a folder of its own and reads what was written. */
  async function build(style: string, label: string, request: Partial<BuildRequest> = {}) {
    const app = request.app ?? (await prepareApp(style, bundler, label))
    const outDir = request.outDir ?? join(app, 'dist')
    const { warnings } = await bundler.build({ app, outDir, ...request })
    return { app, outDir, warnings, output: await readOutput(outDir) }
  }

  /** The application's chunk. */
  const mainOf = (output: Map<string, Buffer>) =>
    textsOf(output, '.js').find(([name]) => name.startsWith('main'))!

  test.each([true, false])(
    'the embedded hashes are those of the files on disk (minify: %s)',
    async (minify) => {
      const { output } = await build('sql-js', `hash-${minify}`, { minify })
      const onDisk = [...output].filter(([name]) => name.endsWith('.wasm')).map(([, bytes]) => sha256(bytes))
      expect(onDisk).toHaveLength(1)
      expect(textsOf(output, '.js').flatMap(([, code]) => embeddedHashes(code))).toEqual(onDisk)
    },
  )

  test('a file that a late plugin changes is hashed as it ships', async () => {
    const optimized = makeWasm(7, 10_000)
    const { output } = await build('new-url', 'optimized', { optimize: () => optimized })
    expect(textsOf(output, '.js').flatMap(([, code]) => embeddedHashes(code))).toEqual([sha256(optimized)])
  })

  test('a file that is changed on disk afterwards fails the build by its name', async () => {
    const afterWrite = async (outDir: string) => {
      const name = [...(await readOutput(outDir)).keys()].find((name) => name.endsWith('.wasm'))
      await writeFile(join(outDir, name!), makeWasm(1))
    }
    await expect(build('new-url', 'rewritten', { afterWrite })).rejects.toThrow(
      /answer.*\.wasm was changed after its hash was embedded/,
    )
  })

  test.each(['linked', 'hidden', 'inline'] as const)(
    'a token keeps its place in a %s source map',
    async (sourcemap) => {
      const { app, output } = await build('other-chunk', `map-${sourcemap}`, { sourcemap })
      const [name, code] = mainOf(output)
      const map = sourcemap === 'inline' ? inlineMapOf(code) : output.get(`${name}.map`)!.toString()
      expect(code.includes('//# sourceMappingURL=')).toBe(sourcemap !== 'hidden')
      expect(embeddedHashes(code).length + textsOf(output, '.js').length).toBeGreaterThan(1)

      // Behind the references that were rewritten, on the same line of minified code.
      const source = await readFile(join(app, 'main.js'), 'utf8')
      expect(positionIn(map, code, 'This page needs WebAssembly.')).toEqual(
        positionOf(source, 'This page needs WebAssembly.'),
      )
    },
  )

  test('names with a content hash change with options, wasm and nothing else', async () => {
    const app = await prepareApp('new-url', bundler, 'names')
    const mainName = async (request: Partial<BuildRequest> = {}) =>
      mainOf((await build('new-url', '', { app, ...request })).output)
    const [first] = await mainName()
    expect((await mainName())[0]).toBe(first)
    const [other] = await mainName({ options: { origins: '*' } })
    expect(other).not.toBe(first)
    const [slow] = await mainName({ options: { lookupTimeout: 5 } })
    expect(new Set([first, other, slow]).size).toBe(3)
    await writeFile(join(app, 'answer.wasm'), makeWasm(43))
    expect((await mainName())[0]).not.toBe(first)
  })

  test('two builds are the same, byte for byte', async () => {
    const app = await prepareApp('other-chunk', bundler, 'reproducible')
    const [first, second] = [
      await build('', '', { app, sourcemap: 'linked' }),
      await build('', '', { app, sourcemap: 'linked' }),
    ]
    expect(hashesOf(second.output)).toEqual(hashesOf(first.output))
  })

  test('chunks without wasm are what they are without the plugin', async () => {
    const app = await prepareApp('other-chunk', bundler, 'untouched')
    await writeFile(
      join(app, 'main.js'),
      "import './show.js'\nimport('./lazy.js')\nfetch('/api').then(console.log)\n",
    )
    await writeFile(join(app, 'lazy.js'), "import('./load.js')\nconsole.log('lazy', window.fetch)\n")
    await writeFile(
      join(app, 'load.js'),
      "import url from './sql-wasm-url.js'\nWebAssembly.instantiateStreaming(fetch(url)).then(console.log)\n",
    )
    // Minifiers choose names by how often a letter occurs, in hashes too.
    const minify = false
    const plain = await build('', '', { app, outDir: join(app, 'plain'), minify, options: false })
    const instrumented = await build('', '', { app, outDir: join(app, 'instrumented'), minify })
    const loaders = textsOf(instrumented.output, '.js').filter(([, code]) => embeddedHashes(code).length > 0)
    expect(loaders).toHaveLength(1)

    const [[loader]] = loaders as [[string, string]]
    const stem = loader.replace(/-[\w-]{8}\.js$/, '')
    // The importer of the loader mentions its name, which carries a hash; its own name follows. Nothing else differs.
    const others = (output: Map<string, Buffer>) =>
      withoutHashes(output).filter(([name]) => name !== `${stem}.js`)
    expect(others(instrumented.output)).toEqual(others(plain.output))
  })

  test('a wasm file that is inlined is reported, and fails the build under strict', async () => {
    const app = await prepareApp('new-url', bundler, 'inlined')
    const base64 = makeWasm(42, 500).toString('base64')
    await writeFile(
      join(app, 'main.js'),
      `const bytes = await (await fetch('data:application/wasm;base64,${base64}')).arrayBuffer()\nconsole.log(await WebAssembly.compile(bytes))\n`,
    )
    const { warnings } = await build('', '', { app })
    expect(warnings.join('\n')).toMatch(/main-.*\.js carries a wasm module as base64/)
    await expect(build('', '', { app, options: { strict: true } })).rejects.toThrow(
      /carries a wasm module as base64/,
    )
  })

  test('a bad option fails the build with its name, value and fix', async () => {
    const options = { origins: ['https://example.com/'] }
    await expect(build('new-url', 'bad-option', { options })).rejects.toThrow(
      "option `origins` is 'https://example.com/': write it as the browser does, without path, trailing slash or default port: 'https://example.com'",
    )
  })

  test('the manifest says what was shared', async () => {
    const { output } = await build('sql-js', 'manifest', { options: { manifest: true } })
    const { files } = JSON.parse(output.get('wasm-cos.manifest.json')!.toString())
    const [[file, bytes]] = [...output].filter(([name]) => name.endsWith('.wasm')) as [[string, Buffer]]
    const hex = sha256(bytes)
    expect(files).toEqual([
      {
        file,
        hash: { algorithm: 'SHA-256', value: hex },
        integrity: `sha256-${Buffer.from(hex, 'hex').toString('base64')}`,
        size: bytes.length,
        origins: '*',
        chunks: [mainOf(output)[0]],
        source: expect.stringMatching(/node_modules\/sql\.js\/dist\/sql-wasm\.wasm$/),
      },
    ])
  })
})

function hashesOf(output: Map<string, Buffer>): [name: string, hash: string][] {
  return [...output].map(([name, bytes]) => [name, sha256(bytes)])
}

/** The scripts of an output, without the hashes that are in the names of its files. */
function withoutHashes(output: Map<string, Buffer>): [name: string, code: string][] {
  const hashes = [...output.keys()].flatMap((name) => /-([\w-]{8})\.\w+$/.exec(name)?.[1] ?? [])
  const clean = (text: string) => hashes.reduce((text, hash) => text.replaceAll(hash, ''), text)
  return textsOf(output, '.js').map(([name, code]) => [clean(name).replace('-.', '.'), clean(code)])
}

function inlineMapOf(code: string): string {
  const base64 = /\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,(\S+)\s*$/.exec(
    code,
  )![1]!
  return Buffer.from(base64, 'base64').toString()
}

function positionIn(map: string, code: string, token: string) {
  const { line, column } = originalPositionFor(new TraceMap(map), positionOf(code, token))
  return { line, column }
}

/** Where a string literal begins: line from 1, column from 0, as source maps count. */
function positionOf(text: string, token: string) {
  const at = text.indexOf(token) - 1
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: before.at(-1)!.length }
}
