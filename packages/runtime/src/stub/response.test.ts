import { expect, test } from 'vitest'
import { compilable, streamOf, wasmResponse } from './response.ts'

const url = 'https://page.example/a.wasm'
const bytes = Uint8Array.of(0, 97, 115, 109)

/** A response as a server sends it. */
function sent(type: string, status = 200): Response {
  const init = { status, headers: { 'Content-Type': type, ETag: '"1"' } }
  return Object.defineProperty(new Response(bytes, init), 'url', { value: url })
}

test('a stream of bytes has these bytes', async () => {
  expect(await new Response(streamOf(bytes.buffer)).bytes()).toEqual(bytes)
})

test('the clone of a clone has the URL', () => {
  const response = wasmResponse(streamOf(bytes.buffer), { url })
  expect(response.clone().clone().url).toBe(url)
})

test('a page can put something else in the place of its URL and clone(), and finds both where it looks', () => {
  const response = wasmResponse(streamOf(bytes.buffer), { url })
  const keys: string[] = []
  for (const key in response) keys.push(key)
  expect(keys).toEqual(expect.arrayContaining(['url', 'clone', 'status']))
  expect([Object.keys(response), JSON.stringify(response)]).toEqual([[], '{}'])
  const proxy = new Proxy(response, {
    get: (target, key) => (key === 'url' ? '/mine' : Reflect.get(target, key, target)?.bind?.(target)),
  })
  expect(proxy.url).toBe('/mine')
  expect(proxy.clone().url).toBe(url)
  response.clone = () => new Response('mine')
  Object.defineProperty(response, 'url', { value: '/mine' })
  expect(response.url).toBe('/mine')
})

test('a response for streaming compilation has type, URL and headers', async () => {
  const response = wasmResponse(streamOf(bytes.buffer), { url, headers: { 'Content-Length': '4' } })
  expect(response).toMatchObject({ url, status: 200, ok: true })
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-length': '4',
    'content-type': 'application/wasm',
  })
})

test('a response of the right type stays what it is; another keeps all but its type', async () => {
  const right = sent('application/wasm')
  expect(compilable(right)).toBe(right)
  const wrong = compilable(sent('text/plain', 203))
  expect(wrong).toMatchObject({ url, status: 203 })
  expect(Object.fromEntries(wrong.headers)).toEqual({ 'content-type': 'application/wasm', etag: '"1"' })
  expect(await wrong.bytes()).toEqual(bytes)
})
