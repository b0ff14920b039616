import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '@wasm-cos/harness/hash'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startCosHost, type CosHost } from './host.ts'
import type { CosHostOptions } from './options.ts'

const bytes = new TextEncoder().encode('bytes')
const hash = sha256(bytes)
const origin = 'https://shop.example'

let host: CosHost
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cos-host-'))
  host = await startCosHost()
})
afterEach(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

/** As a page's browser would send it. */
function post(
  path: string,
  body?: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { origin },
): Promise<Response> {
  return fetch(`${host.url}/${path}`, { method: 'POST', headers, body: body ?? null })
}

async function restart(options: CosHostOptions): Promise<void> {
  await host.close()
  host = await startCosHost(options)
}

describe('the server', () => {
  test('answers on both loopback addresses under one port', async () => {
    const { port } = new URL(host.url)
    for (const address of ['127.0.0.1', 'localhost', '[::1]']) {
      const script = await (await fetch(`http://${address}:${port}/cos.js`)).text()
      expect(script).toContain(`"host":"http://${address}:${port}"`)
    }
  })

  test('refuses a foreign name that resolves to it', async () => {
    const request = httpRequest(`${host.url}/entries`, { headers: { host: 'rebound.example' } }).end()
    const [response] = await once(request, 'response')
    response.resume()
    expect(response.statusCode).toBe(403)
  })

  test('refuses a request without an origin', async () => {
    const response = await post(`lookup/${hash}`, undefined, {})
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ name: 'NotAllowedError' })
  })

  test.each([
    'write/abc',
    `write/${hash}?origins=*`,
    `write/${hash}?origins=["nowhere"]`,
    `write/${hash}?origins={}`,
  ])('does not trust the page script: %s', async (path) => {
    const response = await post(path, bytes)
    expect(response.status).toBe(400)
    expect(host.entries()).toEqual([])
  })

  test.each([
    ['methods=getFile', '"methods" has "getFile"'],
    ['native=maybe', '"native" is "maybe"'],
    ['faults={"lokup":{}}', 'A step is "lokup"'],
    ['faults=oops', 'JSON'],
  ])('says what is wrong with cos.js?%s', async (query, message) => {
    const response = await fetch(`${host.scriptUrl}?${query}`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(JSON.stringify(message).slice(1, -1))
  })

  test('lists its entries and forgets them, for any page that asks', async () => {
    expect((await post(`write/${hash}`, bytes)).status).toBe(200)
    const listed = await fetch(`${host.url}/entries`, { headers: { origin } })
    expect(listed.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const entry = { hash, size: 5, storedBy: [origin], origins: [], everyone: false }
    expect(await listed.json()).toEqual([entry])
    expect(host.entries()).toEqual([entry])

    const preflight = await fetch(`${host.url}/entries`, { method: 'OPTIONS', headers: { origin } })
    expect(preflight.headers.get('Access-Control-Allow-Methods')).toContain('DELETE')
    await fetch(`${host.url}/entries`, { method: 'DELETE', headers: { origin } })
    expect(host.entries()).toEqual([])
  })

  test('says what there is where there is nothing', async () => {
    const response = await fetch(`${host.url}/nothing`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('GET /entries') })
  })

  test('ends with its port free again', async () => {
    const port = Number(new URL(host.url).port)
    await restart({ port })
    expect(host.url).toBe(`http://localhost:${port}`)
    await expect(startCosHost({ port })).rejects.toThrow('EADDRINUSE')
  })
})

describe.each(['memory', 'folder'])('in %s', (place) => {
  beforeEach(() => restart(place === 'folder' ? { folder } : {}))

  test('bytes come back as they were', async () => {
    await post(`write/${hash}`, bytes)
    const response = await post(`read/${hash}`)
    expect(response.headers.get('Content-Length')).toBe('5')
    expect(await response.text()).toBe('bytes')
  })

  test('an upload that breaks off leaves nothing', async () => {
    const request = httpRequest(`${host.url}/write/${hash}`, {
      method: 'POST',
      headers: { origin, 'content-length': 1_000_000 },
    })
    request.on('error', () => {})
    await new Promise((resolve) => request.write(Buffer.alloc(500_000), resolve))
    request.destroy()
    await new Promise((resolve) => request.on('close', resolve))
    // The next store is answered after the host has seen the end of the broken one.
    await post(`write/${hash}`, bytes)
    await expect.poll(() => readdir(folder)).toEqual(place === 'folder' ? [hash, `${hash}.json`] : [])
    expect(host.entries()).toMatchObject([{ hash, size: 5 }])
  })

  test('bytes of another hash leave nothing', async () => {
    const response = await post(`write/${'0'.repeat(64)}`, bytes)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ name: 'DataError' })
    expect(host.entries()).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })

  test('planting takes any bytes, for whom it is told', async () => {
    const planted = Uint8Array.of(1, 2, 3)
    await host.plant(hash, planted, { origins: [origin] })
    planted.fill(0)
    const response = await post(`read/${hash}`)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3))
    expect((await post(`read/${hash}`, undefined, { origin: 'https://other.example' })).status).toBe(404)
    await expect(host.plant('abc', bytes)).rejects.toThrow('"abc" is not a SHA-256')
  })

  test('clearing forgets everything', async () => {
    await post(`write/${hash}`, bytes)
    await host.clear()
    expect(host.entries()).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })
})

test('a folder survives a restart, with who may read', async () => {
  await restart({ folder })
  await post(`write/${hash}?origins=["https://friend.example"]`, bytes)
  const before = host.entries()
  await restart({ folder })

  expect(host.entries()).toEqual(before)
  expect(await (await post(`read/${hash}`, undefined, { origin: 'https://friend.example' })).text()).toBe(
    'bytes',
  )
  expect((await post(`read/${hash}`, undefined, { origin: 'https://other.example' })).status).toBe(404)
})
