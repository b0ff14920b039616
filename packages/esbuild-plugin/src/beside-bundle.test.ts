import { cp } from 'node:fs/promises'
import type { BuildOptions, Plugin } from 'esbuild'
import * as esbuild from 'esbuild'
import { expect, test } from 'vitest'
import { build } from './testing/build.ts'
import { answerWasm, createProject, type Project } from './testing/project.ts'

const load = (url: string) => `WebAssembly.instantiateStreaming(fetch("${url}"))\n`
const sources = {
  'package.json': '{ "name": "application" }',
  'src/main.js': 'document.body.append("nothing of wasm")',
  'copied/vendor/glue.js': load('/vendor/answer.wasm'),
  'copied/vendor/answer.wasm': answerWasm(42),
  'copied/vendor/copy-of-answer.wasm': answerWasm(42),
  'dist/old.js': load('/vendor/answer.wasm'),
}

/** Copies a folder when the build has ended, as esbuild-plugin-copy does. */
const copy = ({ folder, path }: Project): Plugin => ({
  name: 'copy',
  setup: ({ onEnd }) => onEnd(() => cp(path('copied'), `${folder}/dist`, { recursive: true })),
})

async function buildWithCopy(project: Project, options: BuildOptions = {}) {
  const { default: wasmCos } = await import('./index.ts')
  const result = await build(esbuild, project, {
    plugins: [wasmCos({ manifest: true }), copy(project)],
    ...options,
  })
  return { result, read: (name: string) => project.read(`dist/${name}`) }
}

test('glue that a plugin copies beside its wasm when the build has ended', async () => {
  const { result, read } = await buildWithCopy(await createProject(sources))
  expect(result.warnings).toEqual([])
  expect(await read('vendor/glue.js')).toMatch(/\["vendor\/answer\.wasm"/)
  expect(await read('old.js')).toBe(load('/vendor/answer.wasm'))
  expect(JSON.parse(await read('wasm-cos.manifest.json')).files).toMatchObject([
    { file: 'vendor/answer.wasm', chunks: ['vendor/glue.js'] },
  ])
})

test('a page that the loader copy emits, with a classic script', async () => {
  const project = await createProject({
    ...sources,
    'src/index.html': `<link rel="preload" as="fetch" href="vendor/answer.wasm"><script>${load('vendor/answer.wasm')}</script>`,
  })
  const options: BuildOptions = {
    entryPoints: ['src/main.js', 'src/index.html'],
    loader: { '.html': 'copy' },
  }
  const { read, result } = await buildWithCopy(project, options)
  expect(result.warnings.map(({ text }) => text)).toEqual([
    expect.stringContaining('index.html:1 has <link rel="preload"> for vendor/answer.wasm'),
  ])
  const page = await read('index.html')
  expect(page).toContain('["vendor/answer.wasm"')
  await buildWithCopy(project, options)
  expect(await read('index.html')).toBe(page)
})

test('a name with a hash that the bundle mentions: a warning with file, reason and fix', async () => {
  const project = await createProject({
    ...sources,
    'src/main.js': 'document.body.append("/v/glue-B1x2Y3z4.js")',
    'copied/v/glue-B1x2Y3z4.js': load('/vendor/answer.wasm'),
  })
  const { result, read } = await buildWithCopy(project, { entryNames: '[name]-[hash]' })
  expect(result.warnings.map(({ text }) => text)).toEqual([
    expect.stringMatching(/v\/glue-B1x2Y3z4\.js .* since main-\w+\.js has a hash .*npx wasm-cos inject/),
  ])
  expect(await read('v/glue-B1x2Y3z4.js')).toBe(load('/vendor/answer.wasm'))
  expect(await read('vendor/glue.js')).toMatch(/\["vendor\/answer\.wasm"/)
})

test('a copied script that is not UTF-8 keeps its bytes, with a warning', async () => {
  const latin1 = Buffer.from('console.log("é")', 'latin1')
  const project = await createProject({
    'src/main.js': `import './vendor.cjs'\nimport url from './answer.wasm'\n${load('').replace('""', 'url')}`,
    'src/answer.wasm': answerWasm(42),
    'src/vendor.cjs': latin1,
  })
  const { warnings } = await build(esbuild, project, {
    format: 'esm',
    loader: { '.wasm': 'file', '.cjs': 'copy' },
    assetNames: '[name]',
  })
  expect(warnings.map(({ text }) => text)).toEqual([
    expect.stringContaining('vendor.cjs is not UTF-8 and was left as it is'),
  ])
  const files = await project.files()
  expect(files['vendor.cjs']).toEqual(latin1)
  expect(files['main.js']!.toString()).toContain('["answer.wasm"')
})

test('a prebuilt worker taken as a file: its name follows what is injected', async () => {
  const project = await createProject({
    'src/main.js': `import worker from './worker.min.cjs'\nnew Worker(worker)`,
    'src/worker.min.cjs': load('answer.wasm'),
    'src/answer.wasm': answerWasm(42),
  })
  const contents = new Map<string, string>()
  for (const answer of [42, 43]) {
    await project.write('src/answer.wasm', answerWasm(answer))
    await build(esbuild, project, {
      entryPoints: { main: 'src/main.js', answer: 'src/answer.wasm' },
      loader: { '.wasm': 'copy', '.cjs': 'file' },
      outdir: `dist/${answer}`,
    })
    const files = await project.files(`dist/${answer}`)
    const worker = Object.keys(files).find(
      (name) => name.endsWith('.cjs') && files['main.js']!.includes(name),
    )
    expect(files[worker!]!.toString()).toContain('["answer.wasm"')
    contents.set(worker!, files[worker!]!.toString())
  }
  expect(contents.size).toBe(2)
})

test('with write: false nothing is looked for on disk', async () => {
  const project = await createProject({ ...sources, 'dist/vendor/glue.js': load('/vendor/answer.wasm') })
  const { read } = await buildWithCopy(project, { write: false })
  expect(await read('vendor/glue.js')).toBe(load('/vendor/answer.wasm'))
})

test.each([
  "import source module from './copied.wasm'; use(module)",
  "use(await import.source('./copied.wasm'))",
  "import * as module from './copied.wasm'; use(module)",
])(
  'wasm that the output imports as a module and that is copied late is said not to be shared: %s',
  async (code) => {
    const project = await createProject({ 'src/main.js': code, 'copied/copied.wasm': answerWasm(42) })
    const { result } = await buildWithCopy(project, { format: 'esm', external: ['./copied.wasm'] })
    expect(result.warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^copied\.wasm will not come from .*: main\.js imports it as a module, which the browser loads/,
      ),
    ])
  },
)

test('wasm that the output imports as a module: said, with what to do', async () => {
  const project = await createProject({
    'src/main.js': "import * as module from './answer.wasm'; console.log(module)",
    'src/answer.wasm': answerWasm(42),
  })
  const { warnings } = await build(esbuild, project, { format: 'esm', loader: { '.wasm': 'copy' } })
  expect(warnings.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^answer-.*\.wasm will not come from .*: main\.js imports it as a module, .*\?cos/),
  ])
})
