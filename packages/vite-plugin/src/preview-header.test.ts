import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { preview } from 'vite'
import wasmCos, { type WasmCosOptions } from './index.ts'

/** The header with which `vite preview` sends a page. */
async function headerOf(options: WasmCosOptions | undefined, manifest = '{}'): Promise<string | null> {
  const root = mkdtempSync(join(tmpdir(), 'wasm-cos-preview-'))
  mkdirSync(join(root, 'dist'))
  writeFileSync(join(root, 'dist/index.html'), '<!doctype html>')
  writeFileSync(join(root, 'dist/wasm-cos.manifest.json'), manifest)
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [wasmCos(options)],
    preview: { port: 0 },
  })
  try {
    const { headers } = await fetch(server.resolvedUrls!.local[0]!)
    return headers.get('Cross-Origin-Storage-Allow-Origin')
  } finally {
    await server.close()
  }
}

test('vite preview sends the header for a list of origins', async () => {
  expect(await headerOf({ origins: ['https://a.example', 'https://b.example'] })).toBe(
    'https://a.example, https://b.example',
  )
})

test('a list that a function makes is read from the manifest of the build', async () => {
  const manifest = JSON.stringify({ headers: { 'Cross-Origin-Storage-Allow-Origin': 'https://a.example' } })
  const options: WasmCosOptions = { origins: () => ['https://a.example'], manifest: true }
  expect(await headerOf(options, manifest)).toBe('https://a.example')
})

test('no list, no header', async () => {
  expect(await headerOf({ origins: '*' })).toBeNull()
  expect(await headerOf(undefined)).toBeNull()
})
