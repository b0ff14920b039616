import { startCosHost } from '@wasm-cos/cos-host'
import { visit } from '@wasm-cos/harness'
import { expectLoads, serveHere } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import type { BuildOptions } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { buildOptions as optionsOf } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { answerWasm, createProject, load, type Project, show } from './testing/project.ts'

/** The storage answers however busy the machine is. */
const buildOptions = (project: Project, options: BuildOptions): BuildOptions =>
  optionsOf(project, options, { lookupTimeout: 20_000 })

const shared = shareBrowser(() => startCosHost())

const helpers = { 'src/load.js': load, 'src/show.js': show, 'src/answer.wasm': answerWasm(42) }

const sql = (url: string) => `
  import initSqlJs from 'sql.js'
  import { show } from './show.js'
  show(async () => {
    const SQL = await initSqlJs({ locateFile: () => ${url} })
    return String(new SQL.Database().exec('SELECT 6 * 7')[0].values[0][0])
  })
`

interface App {
  sources: Record<string, string | Uint8Array>
  result: string
  options?: BuildOptions
}

/** Ways of loading wasm, in every output format. */
const apps: Record<string, App> = {
  'loader file': {
    sources: {
      'src/main.js': `
        import url from './answer.wasm'
        import { load } from './load.js'
        import { show } from './show.js'
        show(() => load(url))
      `,
    },
    result: '42',
  },
  'loader copy': {
    sources: {
      'src/main.js': `
        import { load } from './load.js'
        import { show } from './show.js'
        show(() => load('answer.wasm'))
      `,
    },
    result: '42',
    options: { entryPoints: ['src/main.js', 'src/answer.wasm'], loader: { '.wasm': 'copy' } },
  },
  'new URL in the application': {
    sources: {
      'src/main.js': `
        import { load } from './load.js'
        import { show } from './show.js'
        show(() => load(new URL('./answer.wasm', import.meta.url)))
      `,
    },
    result: '42',
  },
  'new URL of a package, for unmodified sql.js': {
    sources: { 'src/main.js': sql(`new URL('sql.js/dist/sql-wasm.wasm', import.meta.url).href`) },
    result: '42',
  },
  'unmodified sql.js and the loader file': {
    sources: { 'src/main.js': `import url from 'sql.js/dist/sql-wasm.wasm'\n${sql('url')}` },
    result: '42',
  },
  'new URL in a dependency, by wasm-bindgen': {
    sources: {
      'src/main.js': `
        import { decode, encode } from '@jsquash/png'
        import { show } from './show.js'
        show(async () => {
          const image = new ImageData(new Uint8ClampedArray([1, 2, 3, 255, 4, 5, 6, 255]), 2, 1)
          return String((await decode(await encode(image))).data)
        })
      `,
    },
    result: '1,2,3,255,4,5,6,255',
  },
}

describe.each(['esm', 'iife', 'cjs'] as const)('format %s', (format) => {
  test.each(Object.keys(apps))('%s', (name) => expectAppToShare(esbuilds[0]![1], format, apps[name]!))
})

describe.each(esbuilds)('%s', (_, esbuild) => {
  test.each(['esm', 'iife'] as const)('the code of wasm-bindgen, format %s', (format) =>
    expectAppToShare(esbuild, format, apps['new URL in a dependency, by wasm-bindgen']!),
  )

  test('chunks, with the names of the metafile in the page', async () => {
    const project = await createProject({
      ...helpers,
      'src/main.js': `
        import { show } from './show.js'
        show(async () => (await import('./lazy.js')).run())
      `,
      'src/lazy.js': `
        import url from './answer.wasm'
        import { load } from './load.js'
        export { show } from './show.js'
        export const run = () => load(new URL(url, import.meta.url))
      `,
    })
    const { metafile } = await esbuild.build(
      buildOptions(project, {
        format: 'esm',
        splitting: true,
        metafile: true,
        entryNames: 'js/[name]-[hash]',
        chunkNames: 'js/[name]-[hash]',
        assetNames: 'wasm/[name]-[hash]',
      }),
    )
    const [main] = Object.entries(metafile!.outputs).find(
      ([, { entryPoint }]) => entryPoint === 'src/main.js',
    )!
    await project.write('dist/index.html', page(script(main.replace(/^dist\//, ''), 'esm')))
    await expectLoads(shared, project.path('dist'), { result: '42' })
  })

  test('a classic worker, in another folder than the page', async () => {
    const project = await createProject({
      ...helpers,
      'src/main.js': `
        import { show } from './show.js'
        show(() => new Promise((resolve) => {
          new Worker('../js/worker.js').onmessage = ({ data }) => resolve(data)
        }))
      `,
      'src/worker.js': `
        import { load } from './load.js'
        load(new URL('./answer.wasm', import.meta.url)).then(postMessage)
      `,
    })
    const entryPoints = ['src/main.js', 'src/worker.js']
    await esbuild.build(buildOptions(project, { entryPoints, outdir: 'dist/js' }))
    await project.write('dist/page/index.html', page(script('../js/main.js', 'iife')))
    const site = await serveHere(project.path('dist'))
    expect((await visit(shared.tab, `${site.url}page/`)).result).toBe('42')
    expect(site.requested(/\.wasm$/)).toEqual([expect.stringMatching(/^\/js\/answer-\w{8}\.wasm$/)])
  })
})

async function expectAppToShare(
  esbuild: Pick<typeof import('esbuild'), 'build'>,
  format: 'esm' | 'iife' | 'cjs',
  { sources, result, options }: App,
): Promise<void> {
  const project = await createProject({ ...helpers, ...sources })
  await esbuild.build(buildOptions(project, { format, minify: true, sourcemap: true, ...options }))
  await project.write('dist/index.html', page(script('main.js', format)))
  await expectLoads(shared, project.path('dist'), { result: result })
}

function page(scripts: string): string {
  return `<!doctype html><html lang="en"><head><title>Test</title></head><body>${scripts}</body></html>`
}

function script(src: string, format: 'esm' | 'iife' | 'cjs'): string {
  return format === 'esm' ? `<script type="module" src="${src}"></script>` : `<script src="${src}"></script>`
}
