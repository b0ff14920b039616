import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { command, makeFolder, readAll, run, runNode } from '../testing/run.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const hash = createHash('sha256').update(wasm).digest('hex')
const loader = "WebAssembly.instantiateStreaming(fetch(new URL('app.wasm', import.meta.url)))\n"
const digest = (content: string, algorithm = 'sha384', encoding: 'base64' | 'hex' = 'base64') =>
  createHash(algorithm).update(content).digest(encoding)

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const text = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')

describe('what it edits', () => {
  test('scripts that load wasm which is there only compressed: what fetch delivers of it counts', async () => {
    const compressed = gzipSync(wasm)
    const folder = makeFolder({
      'Build/game.wasm.gz': compressed,
      'Build/game.loader.js': 'WebAssembly.instantiateStreaming(fetch("Build/game.wasm.gz"))',
      'core.wasm.gz': compressed,
      'app.js':
        "fetch('core.wasm.gz').then((r) => new Response(r.body.pipeThrough(new DecompressionStream('gzip'))))",
    })
    const { code, stdout } = await run('inject', folder)
    expect(code).toBe(0)
    const [forUnity, forScripts] = [wasm, compressed].map((bytes) => digestOf(bytes).slice(0, 12))
    expect(stdout).toMatch(new RegExp(`Build/game\\.wasm\\.gz .* ${forUnity} .*← Build/game\\.loader\\.js`))
    expect(stdout).toMatch(new RegExp(`core\\.wasm\\.gz .* ${forScripts} .*← .*app\\.js`))
    expect((await run('verify', folder)).code).toBe(0)
  })

  test('a pointer of Git LFS in the place of wasm is named, and an error where warnings are', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1234567\n'
    const folder = makeFolder({ 'app.wasm': pointer, 'app.js': loader })
    const strict = await run('inject', folder, '--strict')
    expect(strict.code).toBe(1)
    expect(strict.stdout).toMatch(
      /app\.wasm is not shared: it is no WebAssembly module but a pointer of Git LFS: run "git lfs pull"/,
    )
    expect(text(folder, 'app.js')).toBe(loader)
    expect((await run('inject', folder)).code).toBe(0)
  })

  test('content scripts of an extension, which tells where its files are', async () => {
    const code = "WebAssembly.compileStreaming(fetch(chrome.runtime.getURL('app.wasm')))"
    const files = { 'popup.html': '<p>', 'app.wasm': wasm, 'js/content.js': code }
    const extension = makeFolder({ ...files, 'manifest.json': '{ "manifest_version": 3 }' })
    const site = makeFolder({ ...files, 'manifest.json': '{ "name": "An application" }' })
    for (const folder of [extension, site]) expect((await run('inject', folder)).code).toBe(0)
    expect(text(extension, 'js/content.js')).toContain('chrome.runtime.getURL("js/content.js")')
    expect(text(site, 'js/content.js')).not.toContain('chrome.runtime.getURL("js/content.js")')
  })

  test('scripts that load wasm, and nothing else', async () => {
    const folder = makeFolder({ 'a/app.wasm': wasm, 'a/app.js': loader, 'other.js': 'fetch("/api")' })
    const before = readAll(folder)
    const { code, stdout } = await run('inject', folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(/a\/app\.wasm .* this site .*← a\/app\.js/)
    const after = readAll(folder)
    expect(after['a/app.js']).toMatch(/instantiateStreaming\(\(typeof cosFetch_/)
    expect(after['a/app.js']).toContain(`"${hash}"`)
    expect({ ...after, 'a/app.js': '' }).toEqual({ ...before, 'a/app.js': '' })
  })

  test('module scripts and classic ones in pages, where they stand', async () => {
    const html = (module: string, template: string) =>
      `<!doctype html>\r\n<title>a &amp; b</title><script src="x.js"></script><script type=module>${module}</script>\n` +
      `<script type="application/json">{"fetch":"app.wasm"}</script><template><script>${template}</script></template>\n` +
      `<p>é😀</p><script>fetch('/api')</script>`
    const page = html("await WebAssembly.compileStreaming(fetch('app.wasm'))", "fetch('app.wasm')")
    const folder = makeFolder({ 'app.wasm': wasm, 'index.html': page })
    expect((await run('inject', folder)).code).toBe(0)
    const edited = text(folder, 'index.html')
    const [module] = /(?<=type=module>)[^]*?(?=<\/script>)/.exec(edited)!
    const [template] = /(?<=<template><script>)[^]*?(?=<\/script>)/.exec(edited)!
    expect(module).toMatch(
      /compileStreaming\(\(typeof cosFetch_.+:fetch\)\('app\.wasm'\)\)\nfunction cosFetch_/,
    )
    expect(template).toMatch(/^function cosFetch_.+;\(typeof cosFetch_.+:fetch\)\('app\.wasm'\)$/)
    expect(edited).toBe(html(module, template))
  })

  test('a second run changes nothing, byte for byte', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'index.html': `<script type="module">import './app.js'; WebAssembly.compileStreaming(fetch('app.wasm'))</script>`,
    })
    await run('inject', folder, '--manifest')
    const once = readAll(folder)
    const { code, stdout } = await run('inject', folder, '--manifest')
    expect(code).toBe(0)
    expect(stdout).toContain('Nothing to change')
    expect(readAll(folder)).toEqual(once)
    expect(JSON.parse(once['wasm-cos.manifest.json']!).files[0].chunks).toEqual(['app.js', 'index.html'])
  })

  test.each([
    ['linked', true],
    ['inline', 'inline' as const],
  ])('source maps follow, %s', async (_, sourcemap) => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'main.ts': `${loader}\nexport function thrower(): never {\n  throw new Error('here')\n}\n`,
    })
    await build({
      entryPoints: [join(folder, 'main.ts')],
      outdir: folder,
      bundle: true,
      minify: true,
      format: 'esm',
      sourcemap,
      logLevel: 'silent',
    })
    expect((await run('inject', folder)).code).toBe(0)
    expect(text(folder, 'main.js')).toContain('cosFetch_')
    // Node's own reader of source maps says where the error was thrown.
    writeFileSync(
      join(folder, 'try.mjs'),
      `globalThis.self = globalThis; globalThis.fetch = () => new Promise(() => {}); WebAssembly.instantiateStreaming = () => {}; (await import('./main.js')).thrower()`,
    )
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    const { stderr } = await runNode('--enable-source-maps', join(folder, 'try.mjs'))
    expect(stderr).toMatch(/main\.ts:4:9/)
  })

  test('the options, from flags and from the configuration file, whose mistakes it names', async () => {
    const folder = makeFolder({
      'dist/app.wasm': wasm,
      'dist/app.js': loader,
      'wasm-cos.config.ts': `export default { origins: ['https://a.example'] satisfies string[], lookupTimeout: 77 }`,
    })
    const dist = join(folder, 'dist')
    expect((await run('inject', dist, '--project', folder, '--lookup-timeout', '88')).code).toBe(0)
    expect(text(dist, 'app.js')).toContain('["https://a.example"]')
    expect(text(dist, 'app.js')).toMatch(/,88\)\)\)\(/)

    const bad = await run('inject', dist, '--project', folder, '--origins', 'https://a.example/')
    expect(bad.code).toBe(2)
    expect(bad.stderr).toMatch(/`origins`.*write it as the browser does/)
    const missing = await run('inject', dist, '--config', 'nowhere.js')
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere.js') })
  })

  test.each([
    ['js', 'export default { minSize: 9 }'],
    ['json', '{ "minSize": 9 }'],
  ])('wasm-cos.config.%s', async (end, config) => {
    const folder = makeFolder({
      'dist/app.wasm': wasm,
      'dist/app.js': loader,
      [`wasm-cos.config.${end}`]: config,
    })
    const { code, stdout } = await run('inject', join(folder, 'dist'), '--project', folder)
    expect(code).toBe(0)
    expect(stdout).toContain('no wasm file takes part')
  })

  test("a copy of a dependency's file is for any site", async () => {
    const project = makeFolder({
      'package.json': '{"dependencies":{"lib":"1.0.0"}}',
      'node_modules/lib/package.json': '{"name":"lib","version":"1.2.3"}',
      'node_modules/lib/dist/lib.wasm': wasm,
      'out/copy.wasm': wasm,
      'out/app.js': loader.replace('app.wasm', 'copy.wasm'),
    })
    const { stdout } = await run('inject', join(project, 'out'), '--project', project, '--json')
    const [file] = JSON.parse(stdout).manifest.files
    expect(file).toMatchObject({ origins: '*', source: 'node_modules/lib/dist/lib.wasm' })
  })

  test('under --strict, a warning leaves everything as it is', async () => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': "new XMLHttpRequest().open('GET', 'app.wasm')" })
    const before = readAll(folder)
    const { code, stdout } = await run('inject', folder, '--strict', '--manifest')
    expect(code).toBe(1)
    expect(stdout).toMatch(/warning app\.wasm .*app\.js loads it through XMLHttpRequest/)
    expect(readAll(folder)).toEqual(before)
  })

  test('under --strict, a list of a service worker is no error: the page may have to work offline', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'sw.js': "precacheAndRoute([{ url: 'app.wasm', revision: '1' }])",
    })
    const { code, stdout } = await run('inject', folder, '--strict')
    expect(code).toBe(0)
    expect(stdout).toMatch(/warning sw\.js:1 precaches app\.wasm: .* unless the page has to work offline/)
  })
})

describe('what else it would break', () => {
  /** Expects a refusal that names `what` and changes nothing, then success with `flag`. */
  async function expectRefusal(folder: string, what: RegExp, flag: string) {
    const before = readAll(folder)
    const refused = await run('inject', folder)
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(what)
    expect(refused.stdout).toContain(flag)
    expect(readAll(folder)).toEqual(before)
    expect((await run('inject', folder, flag)).code).toBe(0)
    return readAll(folder)
  }

  test('a page in another encoding that carries the integrity or the name of a script', async () => {
    const name = 'main-B1x2Y3z4.js'
    const tags = `<title>é</title><script src="app.js" integrity="sha384-${digest(loader)}"></script><script src=${name}>`
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      [name]: loader,
      'lazy.js': `import "./${name}"`,
    })
    writeFileSync(join(folder, 'index.php'), Buffer.from(tags, 'latin1'))
    const before = readAll(folder)
    const refused = await run('inject', folder, '--rename', '--update-integrity')
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(/index\.php has .*app\.js and is not UTF-8/)
    expect(refused.stdout).toMatch(/index\.php has .*main-B1x2Y3z4\.js and is not UTF-8/)
    expect(readAll(folder)).toEqual(before)
  })

  test('integrity attributes, import maps, policies, and scripts that carry integrity themselves', async () => {
    const inline = "WebAssembly.compileStreaming(fetch('app.wasm'))"
    const runtime = `const sri = { app: "sha384-${digest(loader)}" }`
    const page = (app: string, script: string, runtime: string) => `<!doctype html>
<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'sha256-${digest(script, 'sha256')}'">
<script type="importmap">{"imports":{"a":"/app.js"},"integrity":{"/app.js":"sha256-${digest(app, 'sha256').replaceAll('/', '\\/')}"}}</script>
<script type="module" src="app.js" integrity="sha384-${digest(app).replaceAll('+', '&#x2B;')} sha512-${digest(app, 'sha512')}"></script>
<script src="runtime.js" integrity="sha384-${digest(runtime)}"></script>
<link rel="stylesheet" href="other.css" integrity="sha384-${digest('body{}')}">
<script>${script}</script>`
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'runtime.js': runtime,
      'other.css': 'body{}',
      'index.html': page(loader, inline, runtime),
    })
    const after = await expectRefusal(
      folder,
      /index\.html carries the integrity of app\.js/,
      '--update-integrity',
    )
    const newRuntime = runtime.replace(digest(loader), digest(after['app.js']!))
    expect(after['runtime.js']).toBe(newRuntime)
    const [script] = /(?<=<script>)[^]*(?=<\/script>$)/.exec(after['index.html']!)!
    const plain = (html: string) =>
      html.replaceAll('\\/', '/').replaceAll('&#x2B;', '+').replaceAll('&#x2F;', '/')
    expect(plain(after['index.html']!)).toBe(plain(page(after['app.js']!, script, newRuntime)))
  })

  test('digests in the lists of service workers', async () => {
    const list = (content: string) =>
      `precacheAndRoute([{url:"app.js",revision:"${digest(content, 'md5', 'hex')}"}])`
    const angular = (content: string) => `{"hashTable":{"/app.js":"${digest(content, 'sha1', 'hex')}"}}`
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'sw.js': list(loader),
      'ngsw.json': angular(loader),
    })
    const after = await expectRefusal(folder, /sw\.js carries a digest of app\.js/, '--update-revisions')
    expect(after['sw.js']).toBe(list(after['app.js']!))
    expect(after['ngsw.json']).toBe(angular(after['app.js']!))
  })

  test("a service worker's own revisions, which only its generator can make", async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'sw.js': `self.__WB_MANIFEST=[{revision:'build-17',url:'/base/app.js'},{revision:null,url:'/app.js'}]`,
    })
    await expectRefusal(folder, /sw\.js lists app\.js with a revision of its own/, '--force')
  })

  test('a revision of an entry that has an object in it', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'sw.js': "precache([{url:'/app.js',revision:'build-17',options:{}}])",
    })
    await expectRefusal(folder, /sw\.js lists app\.js with a revision of its own/, '--force')
  })

  test('compressed copies', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app.js': loader,
      'app.js.gz': gzipSync(loader),
      'app.js.br': 'old',
      'x.js.gz': 'other',
    })
    const after = await expectRefusal(folder, /app\.js\.gz is a compressed copy of app\.js/, '--recompress')
    expect(gunzipSync(Buffer.from(after['app.js.gz']!, 'latin1')).toString('latin1')).toBe(after['app.js'])
    expect(brotliDecompressSync(Buffer.from(after['app.js.br']!, 'latin1')).toString('latin1')).toBe(
      after['app.js'],
    )
    expect(after['x.js.gz']).toBe('other')
  })

  test("hashes of content in a folder's name and in a query, which stay", async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'v/3f0c9a1b2d4e5f60/app.js': loader.replace('app.wasm', '../../app.wasm'),
      'v1.2.0/load.js': loader.replace('app.wasm', '../app.wasm'),
      'main.js': loader,
      'index.html': `<script type="module" src="main.js?id=a81c07d3be92"></script>
<script type="module" src="v1.2.0/load.js?v=20260131"></script>`,
    })
    const before = readAll(folder)
    const refused = await run('inject', folder)
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(
      /v\/3f0c9a1b2d4e5f60\/app\.js has a hash of its content in the name of its folder: 3f0c9a1b2d4e5f60/,
    )
    expect(refused.stdout).toMatch(/index\.html asks for main\.js with a hash of its content: a81c07d3be92/)
    expect(refused.stdout).not.toContain('load.js')
    expect(refused.stdout).toContain('--force')
    expect(readAll(folder)).toEqual(before)
    expect((await run('inject', folder, '--force')).code).toBe(0)
  })

  test('a digest in a query follows', async () => {
    const page = (content: string) =>
      `<script type="module" src="app.js?v=${digest(content, 'md5', 'hex')}"></script>`
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader, 'index.html': page(loader) })
    const after = await expectRefusal(folder, /index\.html carries a digest of app\.js/, '--update-revisions')
    expect(after['index.html']).toBe(page(after['app.js']!))
  })

  test('names with a content hash: the file, its map, its compressed copy and every reference get the new one', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'assets/app-B1x2Y3z4.js': `${loader}//# sourceMappingURL=app-B1x2Y3z4.js.map`,
      'assets/app-B1x2Y3z4.js.map':
        '{"version":3,"file":"app-B1x2Y3z4.js","sources":[],"names":[],"mappings":""}',
      'assets/app-B1x2Y3z4.js.gz': 'old',
      'assets/main-Zz11Yy22.js': "import './app-B1x2Y3z4.js'",
      'index.html': '<script type="module" src="/assets/main-Zz11Yy22.js"></script>',
    })
    const refused = await run('inject', folder, '--recompress')
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('--rename') })
    expect((await run('inject', folder, '--recompress', '--rename')).code).toBe(0)
    const after = readAll(folder)
    const name = Object.keys(after)
      .find((name) => /app-.{8}\.js$/.test(name))!
      .slice('assets/'.length)
    const main = Object.keys(after)
      .find((name) => /main-.{8}\.js$/.test(name))!
      .slice('assets/'.length)
    expect(Object.keys(after).toSorted()).toEqual(
      [
        'app.wasm',
        `assets/${name}`,
        `assets/${name}.gz`,
        `assets/${name}.map`,
        `assets/${main}`,
        'index.html',
      ].toSorted(),
    )
    expect(name).not.toBe('app-B1x2Y3z4.js')
    expect(main).not.toBe('main-Zz11Yy22.js')
    expect(after[`assets/${name}`]).toContain(`sourceMappingURL=${name}.map`)
    expect(after[`assets/${name}.map`]).toContain(`"file":"${name}"`)
    expect(after[`assets/${main}`]).toBe(`import './${name}'`)
    expect(after['index.html']).toBe(`<script type="module" src="/assets/${main}"></script>`)
  })

  test('pages and ids keep their names, in URLs, in text and in scripts', async () => {
    const id = '64f1c0ffee8a2b3c4d5e6f70'
    const script = `${loader}fetch('https://api.example/orders/${id}')\n`
    const page = `<script type="module" src="/assets/main-B1x2Y3z4.js"></script><h1>Order ${id}</h1>`
    const folder = makeFolder({
      'app.wasm': wasm,
      'assets/main-B1x2Y3z4.js': script.replace('app.wasm', '../app.wasm'),
      [`orders/${id}.html`]: page,
      [`orders/${id}.txt`]: '/assets/main-B1x2Y3z4.js',
      'blog/web3-faq.html': page,
      'sitemap.xml': '<loc>https://x.example/blog/web3-faq.html</loc>',
    })
    expect((await run('inject', folder, '--rename')).code).toBe(0)
    const after = readAll(folder)
    const name = Object.keys(after).find((name) => name.startsWith('assets/'))!
    expect(name).not.toBe('assets/main-B1x2Y3z4.js')
    expect(after[name]).toContain(`/orders/${id}`)
    const renamed = page.replace('assets/main-B1x2Y3z4.js', name)
    expect(after[`orders/${id}.html`]).toBe(renamed)
    expect(after[`orders/${id}.txt`]).toBe(`/${name}`)
    expect(after['blog/web3-faq.html']).toBe(renamed)
  })

  test('the name of a library, and glue that shares its hash with its wasm', async () => {
    const library = makeFolder({
      'simd.wasm': wasm,
      'argon2id.js':
        "var argon2id = { load() { return WebAssembly.compileStreaming(fetch('simd.wasm')) } }\n",
      'index.html': "<p>argon2id</p><script src='argon2id.js'></script><script>argon2id.load()</script>",
    })
    expect((await run('inject', library)).code).toBe(0)
    expect(text(library, 'argon2id.js')).toContain('cosFetch_')

    const trunk = makeFolder({
      'app-3f0c9a1b2c3d4e5f_bg.wasm': wasm,
      'app-3f0c9a1b2c3d4e5f.js': `export default (url) => WebAssembly.compileStreaming(fetch(url))\n`,
      'index.html':
        "<script type='module'>import init from '/app-3f0c9a1b2c3d4e5f.js'; init('/app-3f0c9a1b2c3d4e5f_bg.wasm')</script>",
    })
    expect((await run('inject', trunk, '--rename')).code).toBe(0)
    const names = Object.keys(readAll(trunk))
    expect(names).toContain('app-3f0c9a1b2c3d4e5f_bg.wasm')
    expect(text(trunk, 'index.html')).toContain(`'/${names.find((name) => name.endsWith('.js'))!}'`)
  })

  test('a digest that is the name itself, and what carries a digest of an edited file under a hash', async () => {
    const named = makeFolder({
      'app.wasm': wasm,
      [`${digest(loader, 'md5', 'hex')}-app.js`]: loader,
      'index.html': `<script type="module" src="/${digest(loader, 'md5', 'hex')}-app.js"></script>`,
    })
    expect((await run('inject', named, '--update-revisions')).stdout).toContain('--rename')
    expect((await run('inject', named, '--rename')).code).toBe(0)
    const script = Object.keys(readAll(named)).find((name) => name.endsWith('-app.js'))!
    expect(text(named, 'index.html')).toBe(`<script type="module" src="/${script}"></script>`)

    const carrier = makeFolder({
      'app.wasm': wasm,
      'glue.js': loader,
      'runtime.3f0c9a1b2d.js': `var sri = { 1: 'sha384-${digest(loader)}' }\n`,
      'index.html': '<script src="runtime.3f0c9a1b2d.js"></script>',
    })
    expect((await run('inject', carrier, '--update-integrity')).stdout).toContain('--rename')
    expect((await run('inject', carrier, '--update-integrity', '--rename')).code).toBe(0)
    const runtime = Object.keys(readAll(carrier)).find((name) => name.startsWith('runtime.'))!
    expect(runtime).not.toBe('runtime.3f0c9a1b2d.js')
    expect(text(carrier, runtime)).toContain(`sha384-${digest(text(carrier, 'glue.js'))}`)
    expect(text(carrier, 'index.html')).toBe(`<script src="${runtime}"></script>`)
  })

  test('a page in another encoding whose policy has the digest of an inline script', async () => {
    const block = `WebAssembly.compileStreaming(fetch('/app.wasm'))`
    const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'sha256-${digest(block, 'sha256')}'">`
    const folder = makeFolder({
      'app.wasm': wasm,
      'index.html': `<script>${block}</script>`,
      'other.html': Buffer.from(`${policy}<p>\xfcber`, 'latin1'),
    })
    const before = readAll(folder)
    const { code, stdout } = await run('inject', folder, '--update-integrity')
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringContaining('other.html has the name or a digest'),
    })
    expect(readAll(folder)).toEqual(before)
  })

  test('the policy of an inline script that stands in another page too', async () => {
    const block = `WebAssembly.compileStreaming(fetch('/a/app.wasm'))`
    const folder = makeFolder({
      'a/app.wasm': wasm,
      'a/index.html': `<script>${block}</script>`,
      'b.php': `<script>${block}</script>`,
      _headers: `/*\n  Content-Security-Policy: script-src 'sha256-${digest(block, 'sha256')}'\n`,
    })
    expect((await run('inject', folder, '--update-integrity')).code).toBe(0)
    const edited = /<script>([^]*)<\/script>/.exec(text(folder, 'a/index.html'))![1]!
    expect(edited).not.toBe(block)
    expect(text(folder, '_headers')).toContain(`'sha256-${digest(block, 'sha256')}'`)
    expect(text(folder, '_headers')).toContain(`'sha256-${digest(edited, 'sha256')}'`)
  })

  test('--force leaves all of it as it is', async () => {
    const page = `<script src="app.js" integrity="sha384-${digest(loader)}"></script>`
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader, 'index.html': page, 'app.js.gz': 'old' })
    expect((await run('inject', folder, '--force')).code).toBe(0)
    expect(readAll(folder)).toMatchObject({
      'index.html': page,
      'app.js.gz': 'old',
      'app.js': expect.stringContaining('cosFetch_'),
    })
  })
})

describe('the command line', () => {
  test.each([
    ['inject', '--update-integrity'],
    ['inject', '--update-revisions', '--recompress', '--rename', '--force', '--strict'],
    ['inject', '--manifest', '--integrity'],
    ['repair', '--update-integrity'],
    ['verify', '--json'],
  ])('%s: the folder behind %s is the folder', async (name, ...flags) => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader })
    if (name !== 'inject') await run('inject', folder)
    expect(await run(name, ...flags, folder)).toMatchObject({ code: 0, stderr: '' })
  })

  test('edited files keep their mode, whatever the mask of the process', async () => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader })
    chmodSync(join(folder, 'app.js'), 0o664)
    const { code } = await runNode(
      '--input-type=module',
      '-e',
      `process.umask(0o077); process.argv = ['', '', 'inject', ${JSON.stringify(folder)}]; await import(${JSON.stringify(pathToFileURL(command).href)})`,
    )
    expect(code).toBe(0)
    expect(text(folder, 'app.js')).toContain('cosFetch_')
    expect(statSync(join(folder, 'app.js')).mode & 0o777).toBe(0o664)
  })

  test('--manifest=name', async () => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader })
    expect((await run('inject', folder, '--manifest=list.json')).code).toBe(0)
    expect(JSON.parse(text(folder, 'list.json')).files).toHaveLength(1)
    expect((await run('inject', folder, '--manifest', 'list.json')).code).toBe(2)
  })

  test.each([
    ['app.js', 'app.js is another file'],
    ['./app.js', 'app.js is another file'],
    ['app.wasm', 'app.wasm is another file'],
    ['assets', 'assets is a folder'],
    ['app.js/list.json', 'app.js is no folder'],
  ])('--manifest=%s is refused', async (name, reason) => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader, 'assets/other.js': '' })
    const before = readAll(folder)
    const { code, stderr } = await run('inject', folder, `--manifest=${name}`)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`manifest: ${reason}`),
    })
    expect(readAll(folder)).toEqual(before)
  })

  test('--project is a folder', async () => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader })
    const { code, stderr } = await run('inject', folder, '--project', join(folder, 'none'))
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('there is no such folder') })
    expect(text(folder, 'app.js')).toBe(loader)
  })

  test('--json names scripts as they are called now', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app-B1x2Y3z4.js': loader,
      'main.js': "import './app-B1x2Y3z4.js'",
    })
    const { stdout } = await run('inject', folder, '--rename', '--json')
    const { manifest, renamed } = JSON.parse(stdout)
    expect(manifest.files).toMatchObject([{ chunks: [renamed['app-B1x2Y3z4.js']] }])
    expect(text(folder, renamed['app-B1x2Y3z4.js'])).toContain('cosFetch_')
  })

  test('--json of a refused run names scripts as they are', async () => {
    const folder = makeFolder({
      'app.wasm': wasm,
      'app-B1x2Y3z4.js': loader,
      'app-B1x2Y3z4.js.gz': gzipSync(loader),
      'main.js': "import './app-B1x2Y3z4.js'",
    })
    const { stdout } = await run('inject', folder, '--rename', '--json')
    const { manifest, outcome } = JSON.parse(stdout)
    expect(outcome).toBe('refused')
    expect(manifest.files).toMatchObject([{ chunks: ['app-B1x2Y3z4.js'] }])
  })

  test('the file of the package does as much', async () => {
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader })
    expect((await runNode(command, 'inject', '--update-integrity', folder)).code).toBe(0)
    expect(text(folder, 'app.js')).toContain('cosFetch_')
    expect((await runNode(command, 'inject')).code).toBe(2)
    expect((await runNode(command, '--version')).stdout).toMatch(/^wasm-cos\/\d/)
  })
})

test("a script with a '#' in its name is edited", async () => {
  const folder = makeFolder({ 'app.wasm': wasm, 'c#.js': loader, 'd#1.js': loader })
  expect((await run('inject', folder)).code).toBe(0)
  expect(text(folder, 'c#.js')).toContain('cosFetch_')
  expect(text(folder, 'd#1.js')).toContain('cosFetch_')
})

test('a path that no file has is said, with the script that names it and what to do', async () => {
  const files = {
    'app.wasm': wasm,
    'index.html': '<script type="module" src="app.js"></script>',
    'app.js': `${loader}fetch('/elsewhere/b.wasm'); fetch('/base/app.wasm'); const name = 'default.wasm'\n`,
  }
  const folder = makeFolder(files)
  const { code, stdout } = await run('inject', folder)
  expect(code).toBe(0)
  expect(stdout.match(/warning .*/g)).toEqual([
    expect.stringMatching(
      /app\.js names \/elsewhere\/b\.wasm, which is no file of this site.*whole folder that is served/,
    ),
  ])
  const excluded = await run('inject', makeFolder(files), '--exclude', '/elsewhere/*', '--strict')
  expect(excluded.stdout).not.toContain('warning')
  expect(excluded.code).toBe(0)
})

test('a pattern that matches in one of several sites is not said to match none', async () => {
  const site = (name: string) => ({
    [`${name}/index.html`]: '<script type="module" src="app.js"></script>',
    [`${name}/app.js`]: `${loader}fetch('${name}.wasm')`,
    [`${name}/app.wasm`]: wasm,
    [`${name}/${name}.wasm`]: Buffer.concat([wasm, Buffer.from([0, 2, 0, name.length])]),
  })
  const files = { ...site('a'), ...site('bb') }
  const matching = await run('inject', makeFolder(files), '--include', '**/bb.wasm')
  expect(matching.stdout).not.toContain('matches none')
  const { stdout } = await run('inject', makeFolder(files), '--exclude', '**/c.wasm')
  expect(stdout.match(/Option 'exclude' matches none/g)).toHaveLength(1)
})

test('what a plugin or an earlier run left out is said with that reason', async () => {
  const folder = makeFolder({
    'app.wasm': wasm,
    'b.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 0])]),
    'app.js': `${loader}WebAssembly.instantiateStreaming(fetch(new URL('b.wasm', import.meta.url)))\n`,
  })
  expect((await run('inject', folder, '--exclude', 'b.wasm')).code).toBe(0)
  const { code, stdout } = await run('inject', folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/warning b\.wasm is not shared: app\.js was built with a plugin of wasm-cos, or/)
  expect(stdout).not.toContain('with fetch()')
  expect((await run('inject', folder, '--strict')).code).toBe(1)
})

test('a public URL that says neither origin nor path is an error', async () => {
  const folder = makeFolder({ 'index.html': '', 'app.wasm': '\0asm\x01\0\0\0' })
  expect(await run('inject', folder, '--public-url', 'foo')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--public-url is 'foo': give a URL"),
  })
})

test('an import map in the page says which files the words of scripts name, as Parcel has them', async () => {
  const folder = makeFolder({
    'index.html': `<script type="importmap">{"imports":{"kTf6o":"/lib.wasm","parts/":"./parts/"},"scopes":{"/v1/":{"old":"/old.wasm","gone":null}}}</script>
<script type="importmap">not JSON</script><script type="module" src="/main.js"></script>`,
    'lib.wasm': wasm,
    'old.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 0])]),
    'main.js': `import { load } from 'parts/load.js'; load(import.meta.resolve('kTf6o')); load(import.meta.resolve('old'))`,
    'parts/load.js': 'export const load = (url) => WebAssembly.instantiateStreaming(fetch(url))',
  })
  const { code, stdout } = await run('inject', folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/lib\.wasm .* ← parts\/load\.js/)
  expect(stdout).toMatch(/old\.wasm .* ← parts\/load\.js/)
  expect(stdout).not.toContain('no chunk names it')
})

test('a second run changes nothing, also where glue keeps its file to itself and has another reader besides', async () => {
  const folder = makeFolder({ 'index.html': '<script src=sql-wasm.js></script>' })
  const dist = dirname(createRequire(import.meta.url).resolve('sql.js'))
  for (const name of ['sql-wasm', 'sql-wasm-debug'])
    for (const end of ['.js', '.wasm']) copyFileSync(join(dist, name + end), join(folder, name + end))
  const first = await run('inject', folder)
  expect(first.stdout).toMatch(/sql-wasm\.wasm .* ← sql-wasm\.js\n/)
  const before = readAll(folder)
  const second = await run('inject', folder)
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to change') })
  expect(readAll(folder)).toEqual(before)
})

test('names in capitals are names of scripts and pages, too', async () => {
  const folder = makeFolder({
    'app.wasm': wasm,
    'b.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 0])]),
    'APP.JS': loader,
    'INDEX.HTM': `<script type="module">${loader.replace('app.wasm', 'b.wasm')}</script>`,
  })
  const { code, stdout } = await run('inject', folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/app\.wasm .* ← APP\.JS\n/)
  expect(stdout).toMatch(/b\.wasm .* ← INDEX\.HTM\n/)
})
