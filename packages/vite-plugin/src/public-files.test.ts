import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { embeddedHashes } from '@wasm-cos/harness/hash'
import { afterEach, expect, test } from 'vitest'
import { build, createLogger, type Plugin, type Rollup } from 'vite'
import wasmCos from './index.ts'

let project: string

afterEach(() => rm(project, { recursive: true, force: true }))

/** Writes files into the project, by their names in it. */
async function writeProject(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(project, name)), { recursive: true })
    await writeFile(join(project, name), content)
  }
}

test.each([
  ['a public package', {}, '.', '*'],
  ['a public package, of an application in a folder below', {}, 'client', '*'],
  ['a private package', { private: true }, '.', []],
])('a copy in public/ is for those who may read its original: %s', async (_, manifest, below, origins) => {
  project = await mkdtemp(join(tmpdir(), 'wasm-cos-public-'))
  const root = join(project, below)
  const files = {
    'package.json': JSON.stringify({ dependencies: { own: '^1.0.0' } }),
    'node_modules/own/package.json': JSON.stringify({ name: 'own', version: '1.0.0', ...manifest }),
    'node_modules/own/dist/own.wasm': '\0asm\x01\0\0\0',
    [join(below, 'index.html')]: '<script type="module" src="./main.js"></script>',
    [join(below, 'main.js')]: 'WebAssembly.compileStreaming(fetch("/wasm/renamed.wasm"))',
  }
  await writeProject(files)
  await cp(join(project, 'node_modules/own/dist/own.wasm'), join(root, 'public/wasm/renamed.wasm'))

  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [wasmCos({ manifest: true })],
    build: { modulePreload: false },
  })
  const written = JSON.parse(await readFile(join(root, 'dist/wasm-cos.manifest.json'), 'utf8'))
  expect(written.files).toMatchObject([{ file: 'wasm/renamed.wasm', origins }])
})

test('a plain name at a CDN is ours only if the build puts it there', async () => {
  project = await mkdtemp(join(tmpdir(), 'wasm-cos-cdn-'))
  const files = {
    'index.html': '<script type="module" src="./main.js"></script>',
    'main.js': `import url from './lib.wasm?url'
for (const path of [url, 'https://others.example/foreign.wasm']) WebAssembly.compileStreaming(fetch(path))`,
    'lib.wasm': '\0asm\x01\0\0\0',
    'public/foreign.wasm': '\0asm\x01\0\0\0\0\0',
  }
  await writeProject(files)
  await build({
    root: project,
    configFile: false,
    logLevel: 'silent',
    plugins: [wasmCos()],
    build: {
      assetsInlineLimit: 0,
      modulePreload: false,
      assetsDir: '',
      rollupOptions: { output: { assetFileNames: '[name][extname]', entryFileNames: 'main.js' } },
    },
    experimental: { renderBuiltUrl: (name) => `https://cdn.example/x/${name}` },
  })
  const code = await readFile(join(project, 'dist/main.js'), 'utf8')
  expect(code).toContain('["https://cdn.example/x/lib.wasm","lib.wasm"]')
  expect(code).toContain('https://others.example/foreign.wasm')
  expect(code).not.toContain('"https://others.example/foreign.wasm","foreign.wasm"')
})

test.each([
  ['is not told of', false as const, true],
  ['does not copy', 'public', false],
])(
  'glue in a public folder that Vite %s is named; no error under strict',
  async (_, publicDir, copyPublicDir) => {
    project = await mkdtemp(join(tmpdir(), 'wasm-cos-uncopied-'))
    const files = {
      'index.html': '<script type="module" src="./main.js"></script>',
      'main.js': "import url from './lib.wasm?url'; WebAssembly.compileStreaming(fetch(url))",
      'lib.wasm': '\0asm\x01\0\0\0',
      'public/vendor/glue.js': "WebAssembly.compileStreaming(fetch('vendor/glued.wasm'))",
      'public/vendor/glued.wasm': '\0asm\x01\0\0\0\0\0',
    }
    await writeProject(files)
    const warnings: string[] = []
    await build({
      root: project,
      configFile: false,
      logLevel: 'silent',
      plugins: [wasmCos({ strict: true })],
      publicDir,
      build: {
        copyPublicDir,
        assetsInlineLimit: 0,
        rollupOptions: { onLog: (_level, { message }) => void warnings.push(message) },
      },
    })
    expect(warnings.join('\n')).toMatch(/public\/vendor\/glue\.js loads wasm, .*npx wasm-cos inject public/)
  },
)

test('a public folder that Vite does not copy need not be readable', async () => {
  project = await mkdtemp(join(tmpdir(), 'wasm-cos-unreadable-'))
  const files = {
    'index.html': '<script type="module" src="./main.js"></script>',
    'main.js': "import url from './lib.wasm?url'; WebAssembly.compileStreaming(fetch(url))",
    'lib.wasm': '\0asm\x01\0\0\0',
    // As `php artisan storage:link` makes it.
    'storage/page.html': '<p>',
    'public/x.wasm.gz': 'no gzip',
  }
  await writeProject(files)
  await symlink(join(project, 'storage'), join(project, 'public/storage'))
  const plugins = [wasmCos({ strict: true })]
  const { output } = (await build({
    root: project,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins,
    build: { assetsInlineLimit: 0 },
  })) as Rollup.RollupOutput
  const [chunk] = output
  expect(embeddedHashes(chunk.code)).toHaveLength(1)
})

test.each([false, true])(
  'a pointer of Git LFS in public/ is named once (with a script that loads it there: %s)',
  async (hasScript) => {
    project = await mkdtemp(join(tmpdir(), 'wasm-cos-public-'))
    const load = 'WebAssembly.compileStreaming(fetch("/app.wasm"))'
    await mkdir(join(project, 'public'))
    await writeFile(join(project, 'main.js'), load)
    await writeFile(
      join(project, 'public/app.wasm'),
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\n',
    )
    if (hasScript) await writeFile(join(project, 'public/glue.js'), load)
    const messages: string[] = []
    await build({
      root: project,
      configFile: false,
      customLogger: { ...createLogger('silent'), warn: (message) => messages.push(message) },
      plugins: [wasmCos()],
      build: { rollupOptions: { input: join(project, 'main.js') } },
    })
    expect(messages).toEqual([
      expect.stringContaining('app.wasm is not shared: it is no WebAssembly module but'),
    ])
  },
)

/** Nitro's Vite plugin, as far as it concerns the public folder. */
const nitro = (options: object): Plugin => ({
  name: 'nitro:env',
  config({ plugins = [] }) {
    for (const plugin of plugins.flat(Infinity as 1) as { nitro?: { setup(nitro: object): void } }[])
      plugin.nitro?.setup({ options })
  },
  configEnvironment(name, config) {
    if (name === 'client') config.build!.copyPublicDir ??= false
  },
})

test.each<[boolean, boolean | undefined, { dir: string; ignore?: string[] }, object]>([
  [true, undefined, { dir: 'public' }, {}],
  [false, false, { dir: 'public' }, {}],
  [false, undefined, { dir: 'static' }, {}],
  [false, undefined, { dir: 'public', ignore: ['drafts/**'] }, {}],
  [false, undefined, { dir: 'public' }, { noPublicDir: true }],
  [false, undefined, { dir: 'public' }, { ignore: ['public/drafts/**'] }],
])(
  'the public folder that Nitro copies takes part (%s), unless Vite is told not to copy it (%s), or Nitro copies another one or not all (%o, %o)',
  async (takesPart, copyPublicDir, asset, options) => {
    project = await mkdtemp(join(tmpdir(), 'wasm-cos-nitro-'))
    const files = {
      'index.html': '<script type="module" src="./main.js"></script>',
      'main.js': 'WebAssembly.compileStreaming(fetch("/named.wasm"))',
      'public/named.wasm': '\0asm\x01\0\0\0',
      'public/vendor/glue.js': "WebAssembly.compileStreaming(fetch('vendor/glued.wasm'))",
      'public/vendor/glued.wasm': '\0asm\x01\0\0\0\0\0',
    }
    await writeProject(files)
    const printed: string[] = []
    const customLogger = createLogger('info')
    for (const level of ['info', 'warn'] as const) customLogger[level] = (text) => void printed.push(text)
    await build({
      root: project,
      configFile: false,
      customLogger,
      plugins: [
        nitro({ publicAssets: [{ ...asset, dir: join(project, asset.dir) }], ...options }),
        wasmCos(),
      ],
      build: copyPublicDir === undefined ? {} : { copyPublicDir },
    })
    // Nitro does so when all outputs are written, and leaves what is there.
    await cp(join(project, 'public'), join(project, 'dist'), { recursive: true, force: false })
    const glue = await readFile(join(project, 'dist/vendor/glue.js'), 'utf8')
    if (takesPart) {
      expect(glue).toContain('wasmHash')
      expect(printed.join('\n')).toMatch(/named\.wasm .*← assets\/index-.*\.js/)
      expect(printed.join('\n')).toMatch(/vendor\/glued\.wasm .*← vendor\/glue\.js/)
    } else {
      expect(glue).toBe(files['public/vendor/glue.js'])
      expect(printed.join('\n')).toMatch(/public\/vendor\/glue\.js loads wasm/)
    }
  },
)
