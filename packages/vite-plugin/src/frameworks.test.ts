import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import wasmCos from './index.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-frameworks-'))
  await mkdir(join(root, 'public'))
  await writeFile(join(root, 'public/a.wasm'), '\0asm\x01\0\0\0')
  await writeFile(join(root, 'loads.js'), 'WebAssembly.compileStreaming(fetch("/a.wasm"))')
  await writeFile(join(root, 'other.js'), 'console.log(1)')
})

afterEach(() => rm(root, { recursive: true, force: true }))

/** Takes small scripts out of the bundle, as Astro's plugin of this name does in front of all that come late. */
function inlineScripts(): vite8.Plugin {
  let limit: vite8.ResolvedConfig['build']['assetsInlineLimit']
  return {
    name: '@astro/plugin-scripts',
    configResolved(config) {
      limit = config.build.assetsInlineLimit
    },
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        const content = Buffer.from(output.code)
        const isSmall =
          typeof limit === 'function'
            ? (limit(output.fileName, content) ?? content.length < 4096)
            : content.length < limit
        if (isSmall) delete bundle[output.fileName]
      }
    },
  }
}

describe.each([
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
])('%s', (_, vite) => {
  test.each([
    ['the default', undefined],
    ['a number', 5000],
    ['a function', () => undefined],
  ])('a script that names wasm is not inlined by Astro, others are: limit is %s', async (_, limit) => {
    await vite.build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [inlineScripts(), wasmCos({ manifest: true }) as unknown as vite8.PluginOption],
      build: {
        // Astro copies the public folder in its other build.
        copyPublicDir: false,
        rollupOptions: { input: [join(root, 'loads.js'), join(root, 'other.js')] },
        ...(limit !== undefined && { assetsInlineLimit: limit }),
      },
    })
    const { files } = JSON.parse(await readFile(join(root, 'dist/wasm-cos.manifest.json'), 'utf8'))
    expect(files).toMatchObject([
      { file: 'a.wasm', chunks: [expect.stringMatching(/^assets\/loads-.*\.js$/)] },
    ])
    expect((await readdir(join(root, 'dist/assets'))).filter((name) => name.startsWith('other'))).toEqual([])
  })

  test('glue of the public folder, which Astro 5 copies in a build that comes before, is edited', async () => {
    await writeFile(join(root, 'public/glue.js'), 'WebAssembly.compileStreaming(fetch("/a.wasm"))')
    const plugins = [inlineScripts(), wasmCos({ manifest: true }) as unknown as vite8.PluginOption]
    const common = { root, configFile: false as const, logLevel: 'silent' as const, plugins }
    await vite.build({ ...common, build: { ssr: join(root, 'other.js'), emptyOutDir: false } })
    await vite.build({
      ...common,
      build: { copyPublicDir: false, emptyOutDir: false, rollupOptions: { input: join(root, 'loads.js') } },
    })
    expect(await readFile(join(root, 'dist/glue.js'), 'utf8')).toContain('cosFetch_')
    const { files } = JSON.parse(await readFile(join(root, 'dist/wasm-cos.manifest.json'), 'utf8'))
    expect(files).toMatchObject([
      { file: 'a.wasm', chunks: [expect.stringMatching(/^assets\/loads-.*\.js$/), 'glue.js'] },
    ])
  })

  test('glue that Storybook has copied before it asked for a configuration is edited', async () => {
    await mkdir(join(root, 'dist'))
    await writeFile(join(root, 'dist/glue.js'), 'WebAssembly.compileStreaming(fetch("/a.wasm"))')
    const built = async (name: string): Promise<string> => {
      await vite.build({
        root,
        configFile: false,
        logLevel: 'silent',
        plugins: [{ name }, wasmCos() as unknown as vite8.PluginOption],
        build: { emptyOutDir: false, rollupOptions: { input: join(root, 'loads.js') } },
      })
      return readFile(join(root, 'dist/glue.js'), 'utf8')
    }
    expect(await built('another')).not.toContain('cosFetch_')
    expect(await built('storybook:config-plugin')).toContain('cosFetch_')
  })
})
