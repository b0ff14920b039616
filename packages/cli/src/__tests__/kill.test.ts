import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { command, type Files, makeFolder, readAll, run, runNode } from '../testing/run.ts'

const preload = pathToFileURL(join(import.meta.dirname, '../testing/kill-at.mjs')).href
const loader = "WebAssembly.compileStreaming(fetch('app.wasm'))\n"
const files: Files = {
  'app.wasm': '\0asm\x01\0\0\0',
  'a.js': loader,
  'assets/c-B1x2Y3z4.js': loader,
  'index.html': `<script type="module" src="assets/c-B1x2Y3z4.js"></script>`,
}

const aside = (folder: string): string => join(folder, '.wasm-cos-journal')

/** Runs `inject` and kills it with SIGKILL before its `step`th change of the file system. */
function injectAndKill(folder: string, step: number) {
  return runNode('--import', `${preload}?step=${step}`, command, 'inject', folder, '--rename', '--manifest')
}

test('killed at any point, every file is as before or as after, and the next run ends it', async () => {
  const after = makeFolder(files)
  const before = readAll(after)
  expect((await injectAndKill(after, Infinity)).code).toBe(0)
  const done = readAll(after)
  expect(existsSync(aside(after))).toBe(false)

  const seen = new Set<string>()
  for (let step = 1; ; step++) {
    const folder = makeFolder(files)
    const { code } = await injectAndKill(folder, step)
    if (code === 0) {
      expect(step).toBeGreaterThan(20)
      break
    }
    const all = Object.entries(readAll(folder)).filter(([name]) => !name.startsWith('.wasm-cos-journal/'))
    // Until the journal is there, nothing has the names of new files, and each may be there in part.
    const isThere = (file: string): boolean => existsSync(join(aside(folder), file))
    const isEarly = isThere('early.json') && !isThere('journal.json')
    const killed = all.filter(([name]) => !isEarly || name in before)
    const names = all.filter((one) => !killed.includes(one)).map(([name]) => basename(name))
    expect(killed.filter(([, content]) => names.some((name) => content.includes(name)))).toEqual([])
    for (const [name, content] of killed) expect([before[name], done[name]]).toContain(content)
    for (const name of Object.keys(before)) {
      if (done[name] !== undefined) expect(killed.map(([name]) => name)).toContain(name)
    }
    const isBefore = killed.every(([name, content]) => before[name] === content)
    const isAfter = killed.every(([name, content]) => done[name] === content)
    seen.add(isBefore ? 'before' : isAfter ? 'after' : 'between')

    expect((await run('inject', folder, '--rename', '--manifest')).code).toBe(0)
    expect(readAll(folder)).toEqual(done)
  }
  expect(seen).toEqual(new Set(['before', 'between', 'after']))
}, 300_000)

test('new files of an interrupted run that had changed nothing are removed', async () => {
  const folder = makeFolder(files)
  const before = readAll(folder)
  for (let step = 1; readdirSync(join(folder, 'assets')).length < 2; step++) {
    rmSync(aside(folder), { recursive: true, force: true })
    await injectAndKill(folder, step)
  }
  const { code, stderr } = await run('inject', folder, '--exclude', 'app.wasm')
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('before it changed anything') })
  expect(readAll(folder)).toEqual(before)
})

test('what an interrupted run has left is kept where the finished output was put over it since', async () => {
  const after = makeFolder(files)
  expect((await injectAndKill(after, Infinity)).code).toBe(0)
  const done = readAll(after)
  let tried = 0
  for (let step = 1; ; step++) {
    const folder = makeFolder(files)
    const { code } = await injectAndKill(folder, step)
    if (code === 0) break
    if (!existsSync(join(aside(folder), 'early.json'))) continue
    // With the times that the files had, as from an archive.
    cpSync(after, folder, { recursive: true, preserveTimestamps: true })
    rmSync(join(folder, 'assets/c-B1x2Y3z4.js'), { force: true })
    expect((await run('inject', folder, '--rename', '--manifest')).code).toBe(0)
    expect(readAll(folder)).toEqual(done)
    tried++
  }
  expect(tried).toBeGreaterThan(5)
}, 300_000)

test('an interrupted run is not carried out in a folder that was built anew', async () => {
  const folder = makeFolder(files)
  for (let step = 1; !existsSync(join(aside(folder), 'journal.json')); step++) {
    rmSync(aside(folder), { recursive: true, force: true })
    await injectAndKill(folder, step)
  }
  const page = '<script type="module" src="assets/c-B1x2Y3z4.js"></script><p>The next release.</p>'
  const { mtimeMs } = statSync(join(aside(folder), 'journal.json'))
  // A build takes longer than a file system's clock.
  do writeFileSync(join(folder, 'index.html'), page)
  while (statSync(join(folder, 'index.html')).ctimeMs <= mtimeMs)
  const { code, stderr } = await run('inject', folder, '--rename')
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('built anew') })
  expect(readAll(folder)['index.html']).toMatch(/The next release/)
}, 300_000)

test('verify says that a run was interrupted', async () => {
  const folder = makeFolder(files)
  await injectAndKill(folder, 4)
  const { code, stderr } = await run('verify', folder)
  expect(code).toBe(2)
  expect(stderr).toContain('Run it again')
})

test('a second run leaves one alone that is at work', async () => {
  const folder = makeFolder(files)
  await injectAndKill(folder, 8)
  const ownerFile = join(aside(folder), 'owner.json')
  const owner = JSON.parse(readFileSync(ownerFile, 'utf8'))
  // The parent of this process lives, what was killed does not.
  writeFileSync(ownerFile, JSON.stringify({ ...owner, pid: process.ppid }))
  const before = readAll(folder)
  const { code, stderr } = await run('inject', folder, '--rename')
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^Another run is changing/) })
  expect(readAll(folder)).toEqual(before)
  writeFileSync(ownerFile, JSON.stringify({ ...owner, host: 'another' }))
  expect((await run('inject', folder, '--rename')).code).toBe(0)
})
