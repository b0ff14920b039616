import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { brotliCompressSync } from 'node:zlib'
import { dirname, join } from 'node:path'
import { resolveOptions } from '@wasm-cos/core'
import { expect, onTestFinished, test } from 'vitest'
import { editBeside } from './edit-beside.ts'
import type { WrittenFolder } from './written-folder.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const loader = (name: string) => `WebAssembly.instantiateStreaming(fetch("${name}"))\n`
const integrityOf = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`

function makeFolder(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-cos-beside-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

function buildIn(folder: string, known: Partial<WrittenFolder> = {}): WrittenFolder {
  return {
    folder,
    since: 0,
    emitted: new Set(['assets/index-B1x2Y3z4.js', 'index.html']),
    files: [],
    manifest: { version: 1, files: [] },
    project: folder,
    options: resolveOptions(undefined),
    ...known,
  }
}

test('glue beside its wasm is edited in place, and what carries its digest follows', async () => {
  const glue = loader('/vendor/answer.wasm')
  const folder = makeFolder({
    'index.html': `<script src="/vendor/glue.js" integrity="${integrityOf(glue)}"></script>`,
    'assets/index-B1x2Y3z4.js': loader('/assets/bundled.wasm'),
    'assets/bundled.wasm': Buffer.concat([wasm, wasm]),
    'vendor/glue.js': glue,
    'vendor/answer.wasm': wasm,
    'vendor/other.js': 'fetch("/api")',
  })
  const { manifest, warnings } = await editBeside(buildIn(folder))
  expect(warnings).toEqual([])
  expect(manifest.files.map(({ file, chunks }) => [file, chunks])).toContainEqual([
    'vendor/answer.wasm',
    ['vendor/glue.js'],
  ])
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  expect(text('vendor/glue.js')).toMatch(/\["vendor\/answer\.wasm"/)
  expect(text('index.html')).toContain(integrityOf(text('vendor/glue.js')))
  expect(text('assets/index-B1x2Y3z4.js')).toBe(loader('/assets/bundled.wasm'))
  expect(text('vendor/other.js')).toBe('fetch("/api")')
})

test.each([
  ['in a script', 'runtime.js', (digest: string) => digest.replaceAll('+', String.raw`\x2b`)],
  ['as part of a URL', 'list.json', encodeURIComponent],
  ['in a page', 'index.html', (digest: string) => digest.replaceAll('+', '&plus;')],
])('an escaped digest %s follows', async (_, carrier, escape) => {
  let glue = loader('/vendor/answer.wasm')
  while (!/\+.*\//.test(integrityOf(glue))) glue += '\n'
  const text = (digest: string) => `/* "${escape(digest)}" */`
  const folder = makeFolder({
    'glue.js': glue,
    'vendor/answer.wasm': wasm,
    [carrier]: text(integrityOf(glue)),
  })
  expect((await editBeside(buildIn(folder))).warnings).toEqual([])
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const decoded = decodeURIComponent(read(carrier))
    .replaceAll(/\\x2b|&plus;/g, '+')
    .replaceAll(/\\x2f|&sol;/g, '/')
  expect(decoded).toBe(`/* "${integrityOf(read('glue.js'))}" */`)
})

test('a script in a page that the bundler wrote', async () => {
  const folder = makeFolder({
    'index.html': `<script src="wasm_exec.js"></script><script>${loader('main.wasm')}</script>`,
    'main.wasm': wasm,
  })
  const { manifest } = await editBeside(buildIn(folder))
  expect(manifest.files).toMatchObject([{ file: 'main.wasm', chunks: ['index.html'] }])
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('cosFetch_')
})

test('what downloads a shared file all the same is said: hints in pages, and, as may be meant, lists of service workers', async () => {
  const folder = makeFolder({
    'index.html': `<link rel="preload" as="fetch" href="/assets/a.wasm"><script>${loader('/v/b.wasm')}</script>`,
    'assets/a.wasm': wasm,
    'assets/index-B1x2Y3z4.js': loader('/assets/a.wasm'),
    'v/b.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 0])]),
    'sw.js': 'precacheAndRoute([{ url: "v/b.wasm", revision: "1" }, { url: "main.css", revision: "1" }])',
  })
  const { manifest, warnings, notes } = await editBeside(
    buildIn(folder, { manifest: manifestOf('assets/a.wasm') }),
  )
  expect(manifest.files).toMatchObject([{ file: 'v/b.wasm' }])
  expect(warnings).toEqual([
    expect.stringMatching(
      /^index\.html:1 has <link rel="preload"> for assets\/a\.wasm: .* Remove the hint\.$/,
    ),
  ])
  expect(notes).toEqual([expect.stringMatching(/^sw\.js:1 precaches v\/b\.wasm: .*globIgnores/)])
})

test('a script that only names what the bundle loads is no reason to say that it is not shared', async () => {
  const folder = makeFolder({
    'assets/a.wasm': wasm,
    'assets/index-B1x2Y3z4.js': loader('/assets/a.wasm'),
    'sw.js': 'precacheAndRoute([{ url: "assets/a.wasm", revision: "1" }])',
    'about.js': 'show("assets/a.wasm")',
  })
  const { warnings, notes } = await editBeside(buildIn(folder, { manifest: manifestOf('assets/a.wasm') }))
  expect(warnings).toEqual([])
  expect(notes).toEqual([expect.stringMatching(/^sw\.js:1 precaches assets\/a\.wasm/)])
  const unshared = await editBeside(buildIn(folder))
  expect(unshared.warnings).toContainEqual(
    expect.stringMatching(/^assets\/a\.wasm will not come from Cross-Origin Storage: about\.js names it/),
  )
})

/** What a build says that shares a file. */
function manifestOf(file: string): WrittenFolder['manifest'] {
  const hash = { algorithm: 'SHA-256' as const, value: createHash('sha256').update(wasm).digest('hex') }
  const row = {
    file,
    hash,
    integrity: '',
    size: wasm.length,
    origins: [],
    chunks: ['assets/index-B1x2Y3z4.js'],
  }
  return { version: 1, files: [row] }
}

test('a script that is not UTF-8 is left as it is, with a warning if it loads wasm', async () => {
  const glue = Buffer.from(`/* é */ ${loader('/v/a.wasm')}`, 'latin1')
  const folder = makeFolder({
    'v/glue.js': glue,
    'v/other.js': Buffer.from('"é"', 'latin1'),
    'v/a.wasm': wasm,
  })
  const { warnings } = await editBeside(buildIn(folder))
  expect(warnings).toEqual(['v/glue.js loads wasm and is not UTF-8: it was left as it is. Save it as UTF-8.'])
  expect(readFileSync(join(folder, 'v/glue.js'))).toEqual(glue)
})

test('a copied script that also carries a loader as text: said, and no error under strict', async () => {
  const text = JSON.stringify('onmessage = ({ data }) => fetch(data).then(WebAssembly.compileStreaming)')
  const folder = makeFolder({
    'v/glue.js': `${loader('/v/a.wasm')}; new Worker(URL.createObjectURL(new Blob([${text}])))`,
    'v/a.wasm': wasm,
  })
  const { manifest, notes, warnings } = await editBeside(buildIn(folder))
  expect(manifest.files).toMatchObject([{ file: 'v/a.wasm', chunks: ['v/glue.js'] }])
  expect(warnings).toEqual([])
  expect(notes).toEqual([
    expect.stringMatching(/^v\/a\.wasm: .* v\/glue\.js also carries a loader as the text/),
  ])
})

test('a copied script that carries wasm inside, or replaces fetch, is named', async () => {
  const inlined = `AGFzbQEAAAA${'A'.repeat(500)}`
  const folder = makeFolder({
    'core-B1x2Y3z4.js': `WebAssembly.compile(decode("${inlined}"))`,
    'worker.js': `const own = fetch; self.fetch = () => own(b); ${loader('/answer.wasm')}`,
    'answer.wasm': wasm,
  })
  const { warnings } = await editBeside(buildIn(folder))
  expect(warnings).toEqual([
    expect.stringMatching(
      /^core-B1x2Y3z4\.js carries a wasm module as base64 .* option 'exclude': 'core-\*\.js'\.$/,
    ),
    expect.stringMatching(/^answer\.wasm will not come .*: worker\.js replaces the global fetch/),
  ])
  const options = resolveOptions({ exclude: ['core-*.js', 'answer.wasm'] })
  expect((await editBeside(buildIn(folder, { options }))).warnings).toEqual([])
})

test('what was there before the build is not touched', async () => {
  const folder = makeFolder({ 'vendor/glue.js': loader('/vendor/answer.wasm'), 'vendor/answer.wasm': wasm })
  const { manifest } = await editBeside(buildIn(folder, { since: Date.now() + 60_000 }))
  expect(manifest.files).toEqual([])
  expect(readFileSync(join(folder, 'vendor/glue.js'), 'utf8')).toBe(loader('/vendor/answer.wasm'))
})

test('what another build writes while a script is edited is not lost', async () => {
  const folder = makeFolder({ 'glue.js': loader('/answer.wasm'), 'answer.wasm': wasm })
  const newer = `/* newer */ ${loader('/answer.wasm')}`
  const origins = () => {
    writeFileSync(join(folder, 'glue.js'), newer)
    return '*' as const
  }
  const { warnings } = await editBeside(buildIn(folder, { options: resolveOptions({ origins }) }))
  expect(warnings).toEqual([expect.stringContaining('since glue.js was written anew meanwhile')])
  expect(readFileSync(join(folder, 'glue.js'), 'utf8')).toBe(newer)
})

test('a hash in the name: every mention is in copied files, or a warning says what to do', async () => {
  const files = { 'v/glue-C4x5Y6z7.js': loader('/v/a.wasm'), 'v/a.wasm': wasm }
  const alone = makeFolder({ ...files, 'v/main.js': 'import "./glue-C4x5Y6z7.js"' })
  expect((await editBeside(buildIn(alone))).warnings).toEqual([])
  expect(readFileSync(join(alone, 'v/main.js'), 'utf8')).not.toContain('C4x5Y6z7')

  const named = makeFolder({
    ...files,
    'assets/index-B1x2Y3z4.js': 'import "/v/glue-C4x5Y6z7.js"',
    'index.html': '<script type="module" src="/assets/index-B1x2Y3z4.js"></script>',
  })
  const { manifest, warnings } = await editBeside(buildIn(named))
  expect(manifest.files).toEqual([])
  expect(warnings).toEqual([
    expect.stringMatching(
      /v\/glue-C4x5Y6z7\.js .* its name carries a hash .*assets\/index-B1x2Y3z4\.js, in which it stands.* under a name without a hash, .*wasm-cos inject/,
    ),
  ])
  expect(readFileSync(join(named, 'v/glue-C4x5Y6z7.js'), 'utf8')).toBe(loader('/v/a.wasm'))
})

test('wasm that ships compressed alone is shared by copied scripts, or named', async () => {
  const folder = makeFolder({
    'assets/index-B1x2Y3z4.js': 'fetch(`pipelines/${name}.wasm.zst`).then(decompress)',
    'pipelines/one.wasm.zst': wasm,
    'pipelines/two.wasm.zst': wasm,
    'game/copied.wasm': wasm,
    'game/copied.wasm.zst': wasm,
    'game/game.loader.js': 'WebAssembly.instantiateStreaming(fetch("game.wasm.br"), "copied.wasm")',
    'game/game.wasm.br': brotliCompressSync(Buffer.concat([wasm, wasm])),
  })
  const options = (exclude: string[]) => ({ options: resolveOptions({ exclude }) })
  const { manifest, warnings } = await editBeside(buildIn(folder, options([])))
  expect(manifest.files.map(({ file, size }) => [file, size])).toEqual([
    ['game/copied.wasm', 8],
    ['game/game.wasm.br', 16],
  ])
  expect(warnings).toEqual([
    expect.stringMatching(/^pipelines\/one\.wasm\.zst and 1 more files with such names are not shared/),
  ])
  for (const pattern of ['**/*.zst', '**/pipelines/*.wasm'])
    expect((await editBeside(buildIn(folder, options([pattern])))).warnings).toEqual([])
})

test('a page whose digest stands in the configuration of a host is left as it is', async () => {
  const inline = "WebAssembly.compileStreaming(fetch('/answer.wasm'))"
  const page = `<!doctype html>\n<script>${inline}</script>\n`
  const digest = `sha256-${createHash('sha256').update(inline).digest('base64')}`
  const files = {
    'package.json': '{"name":"site"}',
    'dist/index.html': page,
    'dist/other.html': page,
    'dist/answer.wasm': wasm,
    'e2e/page.html': digest,
  }
  const edited = async (project: string) => {
    const dist = join(project, 'dist')
    const { warnings } = await editBeside({ ...buildIn(dist, { emitted: new Set(['index.html']) }), project })
    return { warnings, isEdited: readFileSync(join(dist, 'index.html'), 'utf8') !== page }
  }
  expect(await edited(makeFolder(files))).toEqual({ warnings: [], isEdited: true })
  const headers = [{ key: 'Content-Security-Policy', value: `script-src 'self' '${digest}'` }]
  expect(await edited(makeFolder({ ...files, 'vercel.json': JSON.stringify({ headers }) }))).toEqual({
    warnings: ['index', 'other'].map((name) =>
      expect.stringMatching(
        `${name}\\.html .* \\.\\./vercel\\.json .* carries a digest of ${name}\\.html: .*exclude`,
      ),
    ),
    isEdited: false,
  })
})

test('a damaged compressed file does not end the build', async () => {
  const folder = makeFolder({ 'glue.js': loader('core.wasm'), 'core.wasm.gz': 'no gzip' })
  expect((await editBeside(buildIn(folder))).warnings).toEqual([])
})

test('integrity in the source of a page follows in the page; that of a template for a server stays right', async () => {
  const glue = loader('/answer.wasm')
  const tag = `<script src="/glue.js" integrity="${integrityOf(glue)}"></script>`
  const files = {
    'package.json': '{"name":"site"}',
    'index.html': tag,
    'dist/glue.js': glue,
    'dist/answer.wasm': wasm,
  }
  const build = (project: string) => editBeside({ ...buildIn(join(project, 'dist')), project })
  const ofPage = await build(makeFolder({ ...files, 'dist/index.html': tag }))
  expect([ofPage.manifest.files.length, ofPage.warnings]).toEqual([1, []])
  const ofServer = await build(makeFolder({ ...files, 'dist/index.html': tag, 'views/page.php': tag }))
  expect(ofServer.manifest.files).toEqual([])
  expect(ofServer.warnings).toEqual([expect.stringMatching(/^glue\.js .* carries a digest of glue\.js/)])
})
