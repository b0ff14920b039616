import { describe, expect, test } from 'vitest'
import { type Files, makeFolder, readAll, run } from '../testing/run.ts'

/*
 * The layouts of server builds as the frameworks make them, with the files that name those for browsers.
 */

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const loader = (url: string) => `WebAssembly.compileStreaming(fetch("${url}"))\n`

/** What each build's server reads, and the folder that browsers get. */
const builds: Record<string, { browser: string; whole: string; files: Files }> = {
  'Next.js, Turbopack': {
    browser: '.next/static',
    whole: '.next',
    files: {
      '.next/BUILD_ID': 'x',
      '.next/build-manifest.json': '{"rootMainFiles":["static/chunks/0cz1d0mv5g_q7.js"]}',
      '.next/server/app/index.html':
        '<script src="/_next/static/chunks/0cz1d0mv5g_q7.js" async=""></script><script>self.__next_f.push([1,"7:I[1,[\\"/_next/static/chunks/0cz1d0mv5g_q7.js\\"]"])</script>',
      '.next/server/app/index.rsc': '7:I[1,["/_next/static/chunks/0cz1d0mv5g_q7.js"]]',
      '.next/server/chunks/1.js': loader('/_next/static/media/a.3f0c9a1b.wasm'),
      '.next/static/chunks/0cz1d0mv5g_q7.js': loader('/_next/static/media/a.3f0c9a1b.wasm'),
      '.next/static/media/a.3f0c9a1b.wasm': wasm,
    },
  },
  SvelteKit: {
    browser: 'build/client',
    whole: 'build',
    files: {
      'build/index.js': 'import "./handler.js"',
      'build/server/manifest.js':
        'export const manifest = { client: { start: "_app/immutable/entry/start.B1x2Y3z4.js" } }',
      'build/prerendered/about.html':
        '<script type="module">import("./_app/immutable/entry/start.B1x2Y3z4.js")</script><link rel="modulepreload" href="./_app/immutable/entry/start.B1x2Y3z4.js">',
      'build/client/_app/immutable/entry/start.B1x2Y3z4.js': loader('/_app/immutable/assets/a.Zz11Yy22.wasm'),
      'build/client/_app/immutable/assets/a.Zz11Yy22.wasm': wasm,
    },
  },
  'React Router': {
    browser: 'build/client',
    whole: 'build',
    files: {
      'build/server/index.js':
        'export const assets = {"entry":{"module":"/assets/entry.client-B1x2Y3z4.js"},"url":"/assets/manifest-4f1e6e4a.js","version":"4f1e6e4a"}',
      'build/client/assets/manifest-4f1e6e4a.js':
        'window.__reactRouterManifest={"entry":{"module":"/assets/entry.client-B1x2Y3z4.js"},"version":"4f1e6e4a"}',
      'build/client/assets/entry.client-B1x2Y3z4.js': loader('/assets/a-Zz11Yy22.wasm'),
      'build/client/assets/a-Zz11Yy22.wasm': wasm,
    },
  },
  'Angular SSR': {
    browser: 'dist/app/browser',
    whole: 'dist/app',
    files: {
      'dist/app/server/assets-chunks/index_csr_html.mjs':
        'export default `<base href="/"><script src="main-ABCD2345.js" type="module"></script>`',
      'dist/app/browser/index.csr.html':
        '<base href="/"><script src="main-ABCD2345.js" type="module"></script>',
      'dist/app/browser/main-ABCD2345.js': loader('media/a.wasm'),
      'dist/app/browser/media/a.wasm': wasm,
    },
  },
}

describe.each(Object.entries(builds))('%s', (_, { browser, whole, files }) => {
  test('the part for browsers alone is refused, and the whole is done', async () => {
    const folder = makeFolder(files)
    const before = readAll(folder)
    for (const flags of [['--rename'], []]) {
      const refused = await run('inject', `${folder}/${browser}`, ...flags)
      expect(refused.code).toBe(1)
      expect(refused.stdout).toContain(
        `Run it on the whole build: wasm-cos inject ${folder}/${whole} --rename`,
      )
      expect(readAll(folder)).toEqual(before)
    }

    expect(await run('inject', `${folder}/${whole}`, '--rename')).toMatchObject({ code: 0 })
    const after = readAll(folder)
    const names = Object.keys(after)
    // Whatever was named before is named now, and each file that is named is there.
    const hashes = Object.keys(before).flatMap(
      (name) => /[\w-]+(?=\.js$)/.exec(name.split('/').at(-1)!)?.[0] ?? [],
    )
    for (const hash of hashes.filter((name) => /[-.]?\w{8,}$/.test(name))) {
      if (names.some((name) => name.includes(hash))) continue
      expect(Object.values(after).join('\n')).not.toContain(hash)
    }
    const instrumented = names.filter((name) => after[name]!.includes('cosFetch_'))
    expect(instrumented).toHaveLength(1)
    expect(instrumented[0]).toContain(`${browser}/`)
    // The table has the file by its path from the root of the site.
    expect(after[instrumented[0]!]).toMatch(
      /\["(static\/media|_app\/immutable\/assets|assets|media)\/a[^/]*\.wasm"/,
    )
  })

  test('--force leaves the names', async () => {
    const folder = makeFolder(files)
    expect((await run('inject', `${folder}/${browser}`, '--force')).code).toBe(0)
    expect(Object.keys(readAll(folder)).toSorted()).toEqual(Object.keys(files).toSorted())
    expect((await run('inject', `${folder}/${browser}`, '--force', '--rename')).code).toBe(0)
  })
})

describe('Next.js and what its server answers with past the build', () => {
  const hash = '0cz1d0mv5g_q7'
  const build = {
    BUILD_ID: 'x',
    'build-manifest.json': `{"rootMainFiles":["static/chunks/${hash}.js"]}`,
    'server/app/index.html': `<script src="/_next/static/chunks/${hash}.js" async=""></script>`,
    'server/chunks/1.js': loader('/_next/static/media/a.3f0c9a1b.wasm'),
  }
  const browser = {
    [`static/chunks/${hash}.js`]: `${loader('/_next/static/media/a.3f0c9a1b.wasm')}${loader('/shipped.wasm')}`,
    'static/media/a.3f0c9a1b.wasm': wasm,
  }
  const shipped = {
    'shipped.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 0])]),
    'vendor/glue.js': `const { src } = document.currentScript; WebAssembly.compileStreaming(fetch(new URL("glued.wasm", src)))`,
    'vendor/glued.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 1])]),
  }
  const under = (folder: string, files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]))
  const project = {
    'package.json': '{"name":"app"}',
    ...under('.next', { ...build, ...browser }),
    ...under('public', shipped),
  }

  test('the public folder: what is not shared of it is said, and what to do does it', async () => {
    const folder = makeFolder(project)
    const inject = (part: string) => run('inject', `${folder}/${part}`, '--rename', '--project', folder)
    const first = await inject('.next')
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(
      /static\/chunks\/.*\.js names \/shipped\.wasm, and Next\.js serves public\/shipped\.wasm as it is: .* Import it instead/,
    )
    expect(first.stdout).toMatch(
      /public\/vendor\/glue\.js loads wasm, and Next\.js serves it as it is: .* Run "npx wasm-cos inject public" before "next build"/,
    )
    expect(first.stdout).not.toContain('whole folder that is served')

    expect(await inject('public')).toMatchObject({ code: 0 })
    expect(readAll(`${folder}/public`)['vendor/glue.js']).toMatch(/cosFetch_[^]*\["vendor\/glued\.wasm"/)
    expect((await inject('.next')).stdout).not.toContain('glue.js')
  })

  test('a server without the project, before and after the files for browsers are copied to it', async () => {
    const standalone = under('.next/standalone/.next', build)
    const before = makeFolder({ ...project, ...standalone })
    const after = makeFolder({
      ...project,
      ...standalone,
      ...under('.next/standalone/.next', browser),
      ...under('.next/standalone/public', shipped),
    })
    for (const folder of [before, after]) {
      const part = await run('inject', `${folder}/.next/standalone`, '--rename', '--project', folder)
      expect(part).toMatchObject({ code: folder === before ? expect.any(Number) : 1 })
      expect((await run('inject', `${folder}/.next`, '--rename', '--project', folder)).code).toBe(0)
      const files = readAll(folder)
      expect(Object.values(files).join('\n')).not.toContain(hash)
      const [name] = Object.keys(files).flatMap(
        (name) => /^\.next\/(static\/chunks\/.*)/.exec(name)?.[1] ?? [],
      )
      expect(files['.next/standalone/.next/build-manifest.json']).toContain(name)
      if (folder === before) continue
      expect(files[`.next/standalone/.next/${name}`]).toBe(files[`.next/${name}`])
      expect(files[`.next/${name}`]).toContain('cosFetch_')
      expect(files['.next/standalone/public/vendor/glue.js']).toContain('cosFetch_')
      expect(files['.next/standalone/.next/server/chunks/1.js']).not.toContain('cosFetch_')
    }
  })

  test('such a server where it was moved to', async () => {
    const folder = makeFolder({
      'server.js': 'start()',
      ...under('.next', { ...build, ...browser }),
      ...under('public', shipped),
    })
    const { code, stdout } = await run('inject', folder, '--rename')
    expect(code).toBe(0)
    const files = readAll(folder)
    const instrumented = Object.keys(files).filter((name) => files[name]!.includes('cosFetch_'))
    expect(instrumented.toSorted()).toEqual([
      expect.stringMatching(/^\.next\/static\/chunks\//),
      'public/vendor/glue.js',
    ])
    expect(Object.values(files).join('\n')).not.toContain(hash)
    expect(stdout).toMatch(/names \/shipped\.wasm, and Next\.js serves public\/shipped\.wasm as it is/)
  })
})

describe('Nuxt, whose server knows the size of every file', () => {
  const entry = loader('/_nuxt/a.Zz11Yy22.wasm')
  const files: Files = {
    '.output/nitro.json': '{"preset":"node-server"}',
    '.output/server/chunks/nitro/nitro.mjs': `const assets = {
  "/_nuxt/B1x2Y3z4.js": {
    "type": "text/javascript; charset=utf-8",
    "etag": "\\"2f-0hYp\\"",
    "mtime": "2026-01-01T00:00:00.000Z",
    "size": ${entry.length},
    "path": "../public/_nuxt/B1x2Y3z4.js"
  }
}`,
    '.output/server/chunks/build/client.precomputed.mjs': 'const file = "B1x2Y3z4.js"',
    '.output/public/_nuxt/B1x2Y3z4.js': entry,
    '.output/public/_nuxt/a.Zz11Yy22.wasm': wasm,
  }

  test.each([
    ['.output/public', '--force'],
    ['.output/public', '--rename'],
    ['.output', '--rename'],
    ['.output', '--force'],
  ])('%s is refused with %s too', async (part, flag) => {
    const folder = makeFolder(files)
    const before = readAll(folder)
    const { code, stdout } = await run('inject', `${folder}/${part}`, flag)
    expect(code).toBe(1)
    expect(stdout).toContain('@wasm-cos/vite-plugin/nuxt')
    expect(readAll(folder)).toEqual(before)
  })
})

test('a script for pages that has the size of another one is no server: what checks it is for the user to know', async () => {
  const glue = loader('libzip.wasm')
  const folder = makeFolder({
    'index.html': '<script src="emulators.js"></script>',
    'emulators.js': `const sizes = { "libzip.js": { size: ${glue.length}, gzSize: 9 } }; load("libzip.js", sizes)`,
    'libzip.js': glue,
    'libzip.wasm': wasm,
  })
  const { code, stdout } = await run('inject', folder)
  expect(code).toBe(1)
  expect(stdout).toContain('emulators.js has the size of libzip.js, which changes')
  expect(stdout).toMatch(/To change the files all the same: wasm-cos inject .* --force/)
  expect((await run('inject', folder, '--force')).code).toBe(0)
  expect(readAll(folder)['libzip.js']).toContain('cosFetch_')
})

test('a folder of assets whose page is outside', async () => {
  const folder = makeFolder({
    'dist/index.html': '<script type="module" src="/assets/app-B1x2Y3z4.js"></script>',
    'dist/assets/app-B1x2Y3z4.js': loader('/assets/a.wasm'),
    'dist/assets/a.wasm': wasm,
  })
  const before = readAll(folder)
  expect((await run('inject', `${folder}/dist/assets`, '--rename')).code).toBe(1)
  expect(readAll(folder)).toEqual(before)
  expect((await run('inject', `${folder}/dist`, '--rename')).code).toBe(0)
})

test('a file that nothing names keeps its name', async () => {
  const folder = makeFolder({ 'app-B1x2Y3z4.js': loader('a.wasm'), 'a.wasm': wasm })
  const { code, stdout } = await run('inject', folder, '--rename')
  expect(code).toBe(1)
  expect(stdout).toContain('nothing in the folder names it')
  expect(Object.keys(readAll(folder))).toEqual(['a.wasm', 'app-B1x2Y3z4.js'])
})

test('a script that a plugin has left besides, under the name that a server has for it, stays as it is', async () => {
  const glue = `const name='glue';let count=0;export const next=()=>++count;${loader('a.wasm')}`
  const folder = makeFolder({ 'glue.js': glue, 'a.wasm': wasm })
  expect((await run('inject', folder)).code).toBe(0)
  const { 'glue.js': edited } = readAll(folder)
  // As a build leaves the three.
  const built = makeFolder({
    'index.html': '<script type="module" src="/app.js"></script>',
    'app.js': "import './assets/glue-B1x2Y3z4.js'",
    'assets/glue-B1x2Y3z4.js': String(edited),
    'assets/glue-Q7w8E9r0.js': glue,
    'assets/a.wasm': wasm,
    'vendor/other.js': loader('b.wasm'),
    'vendor/b.wasm': wasm,
  })
  const { code, stdout } = await run('inject', built, '--rename')
  expect(stdout).not.toContain('Q7w8E9r0')
  expect(code).toBe(0)
  const after = readAll(built)
  expect(String(after['assets/glue-Q7w8E9r0.js'])).toBe(glue)
  expect(String(after['vendor/other.js'])).toContain('cosFetch_')
})

test.each(['publish', 'publish/wwwroot'])(
  '%s of ASP.NET Core, whose list has the length of each file',
  async (part) => {
    const script = loader('app.wasm')
    const endpoint = {
      Route: 'app.js',
      AssetFile: 'app.js',
      Selectors: [],
      ResponseHeaders: [
        { Name: 'Content-Length', Value: String(script.length) },
        { Name: 'Content-Type', Value: 'text/javascript' },
        { Name: 'ETag', Value: '"a"' },
      ],
    }
    const folder = makeFolder({
      'publish/App.staticwebassets.endpoints.json': JSON.stringify({ Version: 1, Endpoints: [endpoint] }),
      'publish/wwwroot/index.html': '<script type="module" src="app.js"></script>',
      'publish/wwwroot/app.js': script,
      'publish/wwwroot/app.wasm': wasm,
    })
    const before = readAll(folder)
    const { code, stdout } = await run('inject', `${folder}/${part}`, '--update-integrity', '--force')
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/knows the size of \S*app\.js.*\nASP\.NET Core .* a copy of 'wwwroot'/s),
    })
    expect(readAll(folder)).toEqual(before)
  },
)
