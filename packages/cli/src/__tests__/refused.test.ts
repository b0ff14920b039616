import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { command, type Files, makeFolder, readAll, runNode } from '../testing/run.ts'

const preload = pathToFileURL(join(import.meta.dirname, '../testing/refuse.mjs')).href
const loader = "WebAssembly.compileStreaming(fetch('/app.wasm'))\n"
const files: Files = {
  'app.wasm': '\0asm\x01\0\0\0',
  'a.js': loader,
  'read-only/b.js': loader,
  'secret/c.txt': 'nobody reads this',
  'd.txt': 'nor this',
}

/** Runs `inject` where the system refuses a path of the folder. */
function injectWithout(folder: string, path: string) {
  const url = `${preload}?path=${encodeURIComponent(join(folder, path))}`
  return runNode('--import', url, command, 'inject', folder)
}

test.each(['.wasm-cos-journal', 'read-only', 'd.txt'])(
  'what may not be written or read is said in a sentence, and nothing is changed: %s',
  async (path) => {
    const folder = makeFolder(files)
    const before = readAll(folder)
    const { code, stderr } = await injectWithout(folder, path)
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^EACCES: permission denied, .*\. The command reads every text of a folder and writes/,
    )
    expect(stderr).toContain(path)
    expect(stderr).not.toContain('    at ')
    expect(readAll(folder)).toEqual(before)
  },
)

test('a folder that may not be read is left out, as lost+found', async () => {
  const folder = makeFolder(files)
  expect(await injectWithout(folder, 'secret')).toMatchObject({ code: 0, stderr: '' })
  expect(readAll(folder)['read-only/b.js']).toContain('cosFetch_')
})

test('what fails while files are moved is said, and the next run ends it', async () => {
  const folder = makeFolder(files)
  const { code, stderr } = await injectWithout(folder, '.wasm-cos-journal/1')
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^EACCES: .* Some files of .* are changed and some are not: mend that, and run this again/,
  )
  expect((await runNode(command, 'inject', folder)).code).toBe(0)
  const after = readAll(folder)
  expect([after['a.js'], after['read-only/b.js']]).toEqual([
    expect.stringContaining('cosFetch_'),
    expect.stringContaining('cosFetch_'),
  ])
})
