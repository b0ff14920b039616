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
  ["rxjs' and jQuery's X-Requested-With", { headers: { 'X-Requested-With': 'XMLHttpRequest' } }, true],
  ["alova's Content-Type", { headers: { 'Content-Type': 'application/json;charset=UTF-8' } }, true],
  ['one of these and another', { headers: { 'Content-Type': 'text/plain', Authorization: '*/*' } }, false],
  ['Accept: application/wasm', { headers: { Accept: 'application/wasm' } }, false],
  ['another header that has */* in it', { headers: { 'X-Accept': '*/*' } }, false],
  ['a header named so', { headers: { 'Accept-Language': 'de,*/*' } }, false],
  ['a range', { headers: { Accept: '*/*', Range: 'bytes=0-7' } }, false],
  ['cache: no-cache', { cache: 'no-cache' }, true],
  ['cache: reload', { cache: 'reload' }, false],
  ['cache: no-store', { cache: 'no-store' }, false],
  ['cache: only-if-cached', { cache: 'only-if-cached', mode: 'same-origin' }, false],
  ['a header whose name begins as that of another', { headers: { 'Content-Type-Foo': '1' } }, false],
  ['another one', { headers: { 'X-Requested-With-Token': '1' } }, false],
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
  const headers = new Headers({ Accept: '*/*' })
  const init: RequestInit = { headers, credentials: 'omit' }
  const before = { request: new Request(url, init), values: Object.values(init) }

  const isStillThat = (input: RequestInfo | URL, options: RequestInit): boolean =>
    isStill(before.request, input, options, before.values)

  test('the same options, also with another object for them', () => {
    expect(isStillThat(url, init)).toBe(true)
    expect(isStillThat(new URL(url), { ...init })).toBe(true)
  })

  test.each<[string, string, RequestInit]>([
    ['another URL', `${url}?v=2`, init],
    ['a URL that cannot be parsed any more', 'http://[', init],
    [
      'equal headers, with one more',
      url,
      { ...init, headers: new Headers({ Accept: '*/*', Range: 'bytes=0-7' }) },
    ],
    ['another value', url, { ...init, credentials: 'include' }],
    ['one more value', url, { ...init, integrity: 'sha256-AAAA' }],
    ['one less', url, { headers }],
    ['a signal', url, { ...init, signal: new AbortController().signal }],
  ])('%s', (_, input, options) => {
    expect(isStillThat(input, options)).toBe(false)
  })

  test('the same headers, changed', () => {
    headers.set('Range', 'bytes=0-7')
    expect(isStillThat(url, init)).toBe(false)
    headers.delete('Range')
    expect(isStillThat(url, init)).toBe(true)
  })

  test('another signal, also if neither is aborted', () => {
    const options: RequestInit = { signal: new AbortController().signal }
    const values = Object.values(options)
    expect(isStill(new Request(url, options), url, options, values)).toBe(true)
    options.signal = new AbortController().signal
    expect(isStill(new Request(url, options), url, options, values)).toBe(false)
  })

  test('a body is not taken from the page', () => {
    const body = new Blob(['text']).stream()
    expect(isStillThat(url, { method: 'POST', body, duplex: 'half' } as RequestInit)).toBe(false)
    expect(body.locked).toBe(false)
  })
})

test('the URL of a response is that of its request without fragment', () => {
  expect(urlOf(new Request(`${url}?v=1#top#`))).toBe(`${url}?v=1`)
})
