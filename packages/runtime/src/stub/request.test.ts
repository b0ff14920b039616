import { expect, test } from 'vitest'
import { accepts, canBeReadAgain, isGet, isPlain, urlOf } from './request.ts'

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

test('a request accepts a file as long as it waits, and unless it asks for another hash', () => {
  const own = `sha256-${'A'.repeat(43)}=`
  const aborted = AbortSignal.abort()
  expect(accepts(new Request(url), own)).toBe(true)
  expect(accepts(new Request(url, { integrity: own }), own)).toBe(true)
  expect(accepts(new Request(url, { integrity: `sha256-${'B'.repeat(43)}=` }), own)).toBe(false)
  expect(accepts(new Request(url, { signal: aborted }), own)).toBe(false)
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

test('the URL of a response is that of its request without fragment', () => {
  expect(urlOf(new Request(`${url}?v=1#top#`))).toBe(`${url}?v=1`)
})
