import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { rolldown as rolldownOldest } from 'rolldown-oldest'
import { rollup, type Plugin } from 'rollup'
import { rollup as rollupOldest } from 'rollup-oldest'
import { expect, test } from 'vitest'
import wasmCos from './index.ts'

test.each([
  ['Rollup', rollup],
  ['Rollup 4.24', rollupOldest as unknown as typeof rollup],
  ['Rolldown', rolldown as unknown as typeof rollup],
  ['Rolldown 1.0', rolldownOldest as unknown as typeof rollup],
])(
  '%s: a chunk has another name when the file it loads has changed, however large that is',
  async (_, start) => {
    const root = await mkdtemp(join(tmpdir(), 'wasm-cos-names-'))
    const path = join(root, 'a.wasm')
    const application: Plugin = {
      name: 'application',
      resolveId: (id) => (id === 'main' || id === path ? id : undefined),
      load(id) {
        if (id === 'main')
          return `import url from ${JSON.stringify(path)}\nWebAssembly.compileStreaming(fetch(url))`
        return id === path ? { code: "export default '/a.wasm'", moduleType: 'js' } : undefined
      },
    }
    const names: string[] = []
    for (const version of [1, 2]) {
      await writeFile(path, Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), Buffer.alloc(2 ** 24, version)]))
      const build = await start({ input: 'main', plugins: [application, wasmCos()] })
      const { output } = await build.generate({ format: 'es', entryFileNames: '[name]-[hash].js' })
      await build.close()
      names.push(output[0].fileName)
    }
    await rm(root, { recursive: true })
    expect(names[0]).not.toBe(names[1])
  },
)
