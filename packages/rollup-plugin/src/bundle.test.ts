import { rolldown } from 'rolldown'
import { rollup, type OutputChunk, type Plugin } from 'rollup'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import wasmCos from './index.ts'

const bytes = Buffer.from('\0asm\x01\0\0\0')

const application: Plugin = {
  name: 'application',
  resolveId: (id) => (id === 'main' ? id : undefined),
  load: (id) => (id === 'main' ? "WebAssembly.instantiateStreaming(fetch('/a.wasm'))" : undefined),
}

const emitter: Plugin = {
  name: 'emitter',
  buildStart() {
    this.emitFile({ type: 'asset', fileName: 'a.wasm', source: bytes })
  },
}

const renamer: Plugin = {
  name: 'renamer',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) if (file.type === 'chunk') file.fileName = 'renamed.js'
  },
}

test.each([
  ['Rollup', rollup],
  ['Rolldown', rolldown as unknown as typeof rollup],
])('%s: a chunk that another plugin renamed loads from Cross-Origin Storage', async (_, start) => {
  expect(await chunkOf([emitter, renamer], start)).toMatchObject({
    fileName: 'renamed.js',
    code: expect.stringContaining('crossOriginStorage'),
  })
})

/** Emits a page that loads the chunk. */
const pageWith = (attribute: string): Plugin => ({
  name: 'page',
  generateBundle() {
    const source = `<script ${attribute} src="./main.js"></script>`
    this.emitFile({ type: 'asset', fileName: 'index.html', source })
  },
})

test.each([
  ['Rollup', rollup],
  ['Rolldown', rolldown as unknown as typeof rollup],
])('%s: a chunk without import and export stays a classic script as well', async (_, start) => {
  for (const plugins of [[emitter], [emitter, pageWith('defer')]]) {
    const { code } = await chunkOf(plugins, start)
    expect(code).toContain('crossOriginStorage')
    expect(() => new Script(code)).not.toThrow()
  }
  const { code } = await chunkOf([emitter, pageWith('type="module"')], start)
  expect(code).toContain('[import.meta.url,"main.js"]')
})

test('a file that another plugin put into the bundle by hand is shared', async () => {
  const byHand: Plugin = {
    name: 'by-hand',
    generateBundle(_, bundle) {
      bundle['a.wasm'] = {
        type: 'asset',
        fileName: 'a.wasm',
        source: bytes,
      } as unknown as (typeof bundle)[string]
    },
  }
  expect((await chunkOf([byHand])).code).toContain('crossOriginStorage')
})

test.each(['gz', 'br'])('a file whose name ends in .%s need not be compressed', async (ending) => {
  const text: Plugin = {
    name: 'text',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: `main.js.${ending}`, source: Buffer.from('a text') })
    },
  }
  expect((await chunkOf([emitter, text])).code).toContain('crossOriginStorage')
})

async function chunkOf(plugins: Plugin[], start = rollup): Promise<OutputChunk> {
  const build = await start({ input: 'main', plugins: [application, ...plugins, wasmCos()] })
  const { output } = await build.generate({ format: 'es', entryFileNames: 'main.js' })
  await build.close()
  return output[0]
}
