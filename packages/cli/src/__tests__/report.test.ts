import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

const module = (name: string, size = 0) =>
  Buffer.from(`\0asm\x01\0\0\0\0${name}${'.'.repeat(size)}`, 'latin1')
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const shared = module('shared', 5000)
const own = module('own')

/** A project whose dependency has a dependency, in the layout of pnpm; a workspace package is linked. */
function makeProject(): string {
  return makeFolder({
    'package.json': '{"dependencies":{"lib":"1"},"devDependencies":{"linked":"workspace:*"}}',
    'node_modules/lib/package.json': '{"name":"lib","version":"1.2.3","dependencies":{"deep":"4"}}',
    'node_modules/lib/node_modules/deep/package.json': '{"name":"deep","version":"4.5.6"}',
    'node_modules/lib/node_modules/deep/wasm/shared.wasm': shared,
    'node_modules/lib/lib.wasm': module('as it was published'),
    'node_modules/stray/package.json': '{"name":"stray","version":"9.9.9"}',
    'node_modules/stray/own.wasm': own,
    'dist/assets/shared-CXIAVl5-.wasm': shared,
    'dist/assets/shared-CXIAVl5-.wasm.br': 'br',
    'dist/assets/lib-Zz11Yy22.wasm': module('as wasm-opt left it'),
    'dist/own.wasm': own,
    'dist/app.js':
      "for (const name of ['assets/shared-CXIAVl5-.wasm', 'own.wasm']) WebAssembly.compileStreaming(fetch(name))",
  })
}

test('says of each wasm who else has it, and what a visitor saves', async () => {
  const project = makeProject()
  const dist = join(project, 'dist')
  expect((await run('inject', dist, '--project', project, '--exclude', '**/lib-*')).code).toBe(0)
  const { code, stdout } = await run('report', dist, '--project', project, '--json')
  expect(code).toBe(0)
  const report = JSON.parse(stdout)
  const byName = Object.fromEntries(report.files.map((file: { file: string }) => [file.file, file]))
  expect(byName['assets/shared-CXIAVl5-.wasm']).toEqual({
    file: 'assets/shared-CXIAVl5-.wasm',
    size: shared.byteLength,
    transferSize: 2,
    hash: hashOf(shared),
    provenance: 'dependency',
    dependency: { name: 'deep', version: '4.5.6', file: 'wasm/shared.wasm' },
    origins: '*',
    finders: 'once-listed',
    chunks: ['app.js'],
  })
  expect(byName['assets/lib-Zz11Yy22.wasm']).toMatchObject({
    provenance: 'changed',
    dependency: { name: 'lib', version: '1.2.3' },
    chunks: [],
  })
  // What is installed, but not by the project's own dependencies, says nothing of who has it.
  expect(byName['own.wasm']).toMatchObject({ provenance: 'site', origins: [], chunks: ['app.js'] })
  expect(report.savedFromAnySite).toBe(2)
  expect(report.savedFromThisSite).toBeLessThanOrEqual(2 + gzipSync(own).byteLength + 50)

  const { stdout: words } = await run('report', dist, '--project', project)
  expect(words).toMatch(
    /everyone once listed; until then this site and extension users +every site with wasm\/shared\.wasm of deep 4\.5\.6/,
  )
  expect(words).toMatch(
    /lib-Zz11Yy22\.wasm .*not shared +only this site: the build changed lib\.wasm of lib 1\.2\.3/,
  )
  expect(words).toMatch(/own\.wasm .*this site +only this site/)
  expect(words).toContain('saves 2 B of')
})

test('--public-hash-list: whether a hash is on it, in its own format and in CSV', async () => {
  const project = makeProject()
  const folder = makeFolder({
    'list.dat': `// Public Hash List\n// ${hashOf(own)}\n// ===BEGIN SHA-256===\n${hashOf(shared)}\n// ===END SHA-256===\n`,
    'list.csv': `sha256,url\n${hashOf(own)},https://cdn.example/own.wasm\n`,
    'pointer.dat': 'version https://git-lfs.github.com/spec/v1\noid sha256:abc\n',
  })
  const publicFiles = async (list: string): Promise<string[]> => {
    const { stdout } = await run(
      'report',
      join(project, 'dist'),
      '--json',
      '--public-hash-list',
      join(folder, list),
    )
    const { files } = JSON.parse(stdout) as { files: { file: string; isListed: boolean }[] }
    return files.filter(({ isListed }) => isListed).map(({ file }) => file)
  }
  expect(await publicFiles('list.dat')).toEqual(['assets/shared-CXIAVl5-.wasm'])
  expect(await publicFiles('list.csv')).toEqual(['own.wasm'])
  const pointer = await run(
    'report',
    join(project, 'dist'),
    '--public-hash-list',
    join(folder, 'pointer.dat'),
  )
  expect(pointer).toMatchObject({ code: 2, stderr: expect.stringContaining('Git LFS') })
})

test('--html: one page that needs nothing else and shows names as they are', async () => {
  const project = makeProject()
  const page = join(project, 'report.html')
  expect((await run('report', join(project, 'dist'), '--project', project, '--html', page)).code).toBe(0)
  const html = readFileSync(page, 'utf8')
  expect(html).toContain('wasm/shared.wasm of deep 4.5.6')
  expect(html).not.toMatch(/(src|href)=|@import|url\(/)
  expect(await run('report', join(project, 'dist'), '--html', join(page, 'x.html'))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--html: .*x\.html cannot be written \(ENOTDIR/),
  })
})

test('says who will find a file, and what to propose for the list', async () => {
  const project = makeProject()
  const dist = join(project, 'dist')
  expect((await run('inject', dist, '--project', project, '--exclude', '**/lib-*')).code).toBe(0)
  const report = async (listed: Buffer) => {
    const list = join(makeFolder({ 'list.dat': `// ===BEGIN SHA-256===\n${hashOf(listed)}\n` }), 'list.dat')
    const args = ['report', dist, '--project', project, '--public-hash-list', list]
    const { files } = JSON.parse((await run(...args, '--json')).stdout) as {
      files: { file: string; finders: string; manualAddition?: object }[]
    }
    const file = files.find((found) => found.file.includes('shared'))!
    return { finders: file.finders, addition: file.manualAddition, words: (await run(...args)).stdout }
  }
  const today = await report(shared)
  expect(today).toMatchObject({ finders: 'everyone', addition: undefined })
  expect(today.words).toContain('everyone today')
  expect(await report(own)).toMatchObject({
    finders: 'once-listed',
    addition: {
      url: 'https://cdn.jsdelivr.net/npm/deep@4.5.6/wasm/shared.wasm',
      sha256: hashOf(shared),
      description: 'wasm/shared.wasm of deep 4.5.6',
      rationale: null,
    },
  })
})

test.each([
  ['everyone today', shared, '*'],
  ['everyone once listed; until then this site and extension users', undefined, '*'],
  ['everyone once listed; until then this site and extension users', own, '*'],
  ['this site', shared, 'same-site'],
  ['https://a.example, with the header', shared, 'https://a.example'],
])('who will find a file, in the table, the report and its page: %s', async (finders, listed, origins) => {
  const project = makeFolder({
    'dist/a.wasm': shared,
    'dist/app.js': "WebAssembly.compileStreaming(fetch('a.wasm'))",
    ...(listed && { 'list.dat': `// ===BEGIN SHA-256===\n${hashOf(listed)}\n` }),
  })
  const dist = join(project, 'dist')
  const page = join(project, 'report.html')
  const list = listed === undefined ? [] : ['--public-hash-list', join(project, 'list.dat')]
  const table = await run('inject', dist, '--origins', origins, ...list)
  expect(table.stdout).toMatch(new RegExp(`a\\.wasm .* ${finders} +← app\\.js`))
  const words = await run('report', dist, ...list, '--html', page)
  expect(words.stdout).toMatch(new RegExp(`a\\.wasm .* ${finders} +only this site`))
  const html = readFileSync(page, 'utf8')
  expect(html).toContain(`<dt>Who will find it</dt><dd>${finders}</dd>`)
  expect(html.includes('with the header Cross-Origin-Storage-Allow-Origin: https://a.example')).toBe(
    origins.startsWith('https:'),
  )
})

test('a private package has its file to itself', async () => {
  const project = makeProject()
  const dist = join(project, 'dist')
  const manifest = join(project, 'node_modules/lib/node_modules/deep/package.json')
  writeFileSync(manifest, '{"name":"deep","version":"4.5.6","private":true}')
  const { stdout } = await run('inject', dist, '--project', project, '--json')
  expect(JSON.parse(stdout).manifest.files.map(({ origins }: { origins: unknown }) => origins)).toEqual([
    [],
    [],
    [],
  ])
  const { stdout: words } = await run('report', dist, '--project', project)
  expect(words).toMatch(/this site +only this site: wasm\/shared\.wasm of deep 4\.5\.6, which is private/)
})

test('a report beside the folder is in no later run’s way', async () => {
  const parent = makeFolder({
    'dist/app.wasm': '\0asm\x01\0\0\0',
    'dist/load.js': "WebAssembly.compileStreaming(fetch('app.wasm'))",
    'dist/index.html': '<script type="module" src="load.js"></script>',
  })
  const dist = join(parent, 'dist')
  expect((await run('inject', dist)).code).toBe(0)
  expect((await run('report', dist, '--html', join(parent, 'report.html'))).code).toBe(0)
  writeFileSync(join(dist, 'app.wasm'), '\0asm\x01\0\0\0\0\x02\x01a')
  expect(await run('repair', dist)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/load\.js: app\.wasm \w+ → \w+, stored for same site as before/),
  })
})
