import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const files = { 'a.wasm': wasm, 'app.js': "WebAssembly.compileStreaming(fetch('a.wasm'))" }
const list = 'https://a.example, https://b.example'

async function injected(origins: string): Promise<string> {
  const folder = makeFolder(files)
  expect((await run('inject', folder, '--origins', origins)).code).toBe(0)
  return folder
}

test.each([
  ['netlify', `/*\n  Cross-Origin-Storage-Allow-Origin: ${list}\n`],
  ['cloudflare', `/*\n  Cross-Origin-Storage-Allow-Origin: ${list}\n`],
  ['nginx', `add_header Cross-Origin-Storage-Allow-Origin "${list}" always;\n`],
  ['apache', `Header always set Cross-Origin-Storage-Allow-Origin "${list}"\n`],
  ['caddy', `header Cross-Origin-Storage-Allow-Origin "${list}"\n`],
])('headers --for %s', async (host, text) => {
  const folder = await injected('https://a.example,https://b.example')
  expect(await run('headers', folder, '--for', host)).toMatchObject({ code: 0, stdout: text })
})

test('headers --for vercel is JSON; without --for it is the header alone', async () => {
  const folder = await injected('https://a.example,https://b.example')
  const { stdout } = await run('headers', folder, '--for', 'vercel')
  expect(JSON.parse(stdout)).toEqual({
    headers: [{ source: '/(.*)', headers: [{ key: 'Cross-Origin-Storage-Allow-Origin', value: list }] }],
  })
  expect((await run('headers', folder)).stdout).toBe(`Cross-Origin-Storage-Allow-Origin: ${list}\n`)
})

test('the build says which header the pages need, and so do the manifest and the report', async () => {
  const folder = makeFolder(files)
  const { stdout } = await run('inject', folder, '--origins', 'https://a.example', '--manifest')
  expect(stdout).toContain(
    'Serve the pages with the header Cross-Origin-Storage-Allow-Origin: https://a.example',
  )
  expect(stdout).toContain('https://a.example, with the header')
  const manifest = JSON.parse(readFileSync(join(folder, 'wasm-cos.manifest.json'), 'utf8'))
  expect(manifest.headers).toEqual({ 'Cross-Origin-Storage-Allow-Origin': 'https://a.example' })
  expect(JSON.parse((await run('report', folder, '--json')).stdout).headers).toEqual(manifest.headers)
  expect((await run('report', folder)).stdout).toContain(
    'Cross-Origin-Storage-Allow-Origin: https://a.example',
  )
})

test('more than six origins is a warning that names the extension, more than a hundred an error', async () => {
  const origins = (count: number) =>
    Array.from({ length: count }, (_, index) => `https://a${index}.example`).join()
  const { code, stdout } = await run('inject', makeFolder(files), '--origins', origins(7))
  expect(code).toBe(0)
  expect(stdout).toMatch(/lists more than 6 origins \(7 for a\.wasm\).*extension/)
  expect(await run('inject', makeFolder(files), '--origins', origins(101))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/option `origins`[^]*100 origins at the most, and these are 101/),
  })
})

test('a host that is not known, and a folder that needs no header', async () => {
  const folder = await injected('https://a.example')
  expect(await run('headers', folder, '--for', 'iis')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--for is 'iis': use netlify, .* or caddy/),
  })
  const needsNone = await injected('*')
  for (const [flags, stdout] of [
    [['--for', 'netlify'], ''],
    [['--for', 'vercel'], '{}\n'],
    [['--json'], '{}\n'],
  ] as const) {
    expect(await run('headers', needsNone, ...flags)).toMatchObject({
      code: 0,
      stdout,
      stderr: expect.stringContaining('need no header'),
    })
  }
  expect(await run('headers', makeFolder(files))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('carries the hash of a wasm file'),
  })
})
