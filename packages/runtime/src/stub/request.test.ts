import { describe, expect, test } from 'vitest'
import type { WasmHash } from '../api.ts'
import { asIntegrity } from './integrity.ts'
import { awaits, canBeReadAgain, isForWhole, isGet, isPlain, isStill, urlOf } from './request.ts'

const url = 'https://page.example/a.wasm'

test.each<[string, Parameters<typeof isGet>, boolean]>([
  ['a URL', [url, {}], true],
  ['a URL object', [new URL(url), {}], true],
  ['a Request', [new Request(url), {}], true],
  ['GET in small letters', [url, { method: 'get' }], true],
  ['POST', [url, { method: 'POST' }], false],
  ['a Request that posts', [new Request(url, { method: 'POST' }), {}], false],
  ['a Request whose method is replaced', [new Request(url), { method: 'PUT' }], false],
  ['a name that has GET in it', [url, { method: 'GETS' }], false],
  ['a URL of megabytes', [`data:,${'x'.repeat(10_000)}`, {}], false],
])('%s: to make a Request of it takes nothing: %3$s', (_, args, isOurs) => {
  expect(isGet(...args)).toBe(isOurs)
})

test.each<[string, HeadersInit | null | undefined, boolean]>([
  ['none', undefined, true],
  ['null', null, true],
  ['an object', { accept: '*/*' }, true],
  ['a list', [['accept', '*/*']], true],
  ['Headers', new Headers(), true],
  ['a Map', new Map() as never, true],
  ["a Map's iterator", new Map().entries() as never, false],
])('headers that are %s can be read again: %3$s', (_, headers, isLasting) => {
  expect(canBeReadAgain(headers)).toBe(isLasting)
})

test('a request awaits a file as long as it is not aborted, and unless it asks for another hash', () => {
  const [own, other] = ['a', 'b'].map((digit): WasmHash => ({
    algorithm: 'SHA-256',
    value: digit.repeat(64),
  }))
  expect(awaits(new Request(url), own!)).toBe(true)
  expect(awaits(new Request(url, { integrity: asIntegrity(own!) }), own!)).toBe(true)
  expect(awaits(new Request(url, { integrity: asIntegrity(other!) }), own!)).toBe(false)
  expect(awaits(new Request(url, { signal: AbortSignal.abort() }), own!)).toBe(false)
})

test.each<[string, RequestInit, boolean]>([
  ['nothing', {}, true],
  ['Accept: */*', { headers: { Accept: '*/*' } }, true],
  ["axios' Accept", { headers: { Accept: 'application/json, text/plain, */*' } }, true],
  ['Accept: application/wasm', { headers: { Accept: 'application/wasm' } }, false],
  ['another header that has */* in it', { headers: { 'X-Accept': '*/*' } }, false],
  ['a header named so', { headers: { 'Accept-Language': 'de,*/*' } }, false],
  ['a range', { headers: { Accept: '*/*', Range: 'bytes=0-7' } }, false],
  ['cache: no-cache', { cache: 'no-cache' }, true],
  ['cache: reload', { cache: 'reload' }, false],
  ['cache: no-store', { cache: 'no-store' }, false],
])('a request with %s is plain: %3$s', (_, init, expected) => {
  expect(isPlain(new Request(url, init))).toBe(expected)
})

test.each<[string, RequestInit, boolean]>([
  ['nothing', {}, true],
  ['other headers', { headers: { Accept: 'application/wasm', Authorization: 'Bearer' } }, true],
  ['a range', { headers: { Range: 'bytes=0-7' } }, false],
  ['a condition, to which the answer may be 304', { headers: { 'If-None-Match': '"1"' } }, false],
  ['no-cors, whose answer nobody sees', { mode: 'no-cors' }, false],
  ['redirects that are not followed', { redirect: 'manual' }, false],
])('a request with %s is for the whole file: %3$s', (_, init, expected) => {
  expect(isForWhole(new Request(url, init))).toBe(expected)
})

describe('whether arguments are still the request that they were', () => {
  const request = new Request(url, { headers: { Accept: '*/*' } })
  const init: RequestInit = { headers: { Accept: '*/*' } }
  const aborted = new Request(url, { ...init, signal: AbortSignal.abort() })
  test.each<[string, Parameters<typeof isStill>, boolean]>([
    ['the same', [request, url, init], true],
    ['a Request', [request, request, {}], true],
    ['another URL', [request, `${url}?v=2`, init], false],
    ['other headers', [request, url, { headers: { Range: 'bytes=0-7' } }], false],
    ['another method', [request, url, { ...init, method: 'POST', body: 'text' }], false],
    ['a URL that cannot be parsed any more', [request, 'http://[', init], false],
    ['aborted', [aborted, url, { ...init, signal: aborted.signal }], true],
    ['aborted, and given another signal', [aborted, url, init], false],
  ])('%s: %3$s', (_, args, expected) => {
    expect(isStill(...args)).toBe(expected)
  })

  test('a body is not taken from the page', () => {
    const body = new Blob(['text']).stream()
    expect(isStill(request, url, { method: 'POST', body, duplex: 'half' } as RequestInit)).toBe(false)
    expect(body.locked).toBe(false)
  })
})

test('the URL of a response is that of its request without fragment', () => {
  expect(urlOf(new Request(`${url}?v=1#top#`))).toBe(`${url}?v=1`)
})
