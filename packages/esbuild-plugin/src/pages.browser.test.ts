import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch, serve, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { BuildOptions } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildOptions as optionsOf } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { answerWasm, createProject, load, type Project, show } from './testing/project.ts'

/** The storage answers however busy the machine is. */
const buildOptions = (project: Project, options: BuildOptions): BuildOptions =>
  optionsOf(project, options, { lookupTimeout: 20_000 })

let browser: Browser
let host: CosHost

beforeAll(async () => {
  ;[browser, host] = await Promise.all([launch(), startCosHost()])
})

afterEach(() => host.clear())

afterAll(() => Promise.all([browser?.close(), host?.close()]))

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
    await expectSharing(project, '42')
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
    const site = await serve(project.path('dist'))
    try {
      const { result } = await visit(await browser.newContext(), `${site.url}page/`)
      expect(result).toBe('42')
      expect(site.requested(/\.wasm$/)).toEqual([expect.stringMatching(/^\/js\/answer-\w{8}\.wasm$/)])
    } finally {
      await site.close()
    }
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
  await expectSharing(project, result)
}

/** Without COS the page works; with it, the first origin downloads each file once and the second none. */
async function expectSharing(project: Project, result: string, files = 1): Promise<void> {
  const html = withScript(host.scriptUrl)
  const [outsider, visitor] = await Promise.all([browser.newContext(), browser.newContext()])
  const [plain, first, second] = await Promise.all([
    serve(project.path('dist')),
    serve(project.path('dist'), { html }),
    serve(project.path('dist'), { html }),
  ])
  try {
    const without = await visit(outsider, plain.url)
    expect(without).toMatchObject({ result, events: [] })
    expect(plain.requested(/\.wasm$/)).toHaveLength(files)

    const miss = await visit(visitor, first.url)
    expect(miss.result).toBe(result)
    expect(miss.events.filter(({ type }) => type === 'miss')).toHaveLength(files)
    expect(first.requested(/\.wasm$/)).toHaveLength(files)
    await waitForEvents(miss.page, 'store', files)

    const hit = await visit(visitor, second.url)
    expect(hit.result).toBe(result)
    expect(hit.events.map(({ type }) => type)).toEqual(Array.from({ length: files }, () => 'hit'))
    expect(second.requested(/\.wasm$/)).toEqual([])
  } finally {
    await Promise.all([outsider, visitor, plain, first, second].map((opened) => opened.close()))
  }
}

function page(scripts: string): string {
  return `<!doctype html><html lang="en"><head><title>Test</title></head><body>${scripts}</body></html>`
}

function script(src: string, format: 'esm' | 'iife' | 'cjs'): string {
  return format === 'esm' ? `<script type="module" src="${src}"></script>` : `<script src="${src}"></script>`
}
