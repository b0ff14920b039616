import { expect, test } from 'vitest'
import { siteOf } from './site.ts'

test.each([
  ['https://example.com', 'https://www.example.com:8443'],
  ['https://a.example.co.uk', 'https://b.example.co.uk'],
  ['http://localhost:1', 'http://localhost:2'],
  ['http://127.0.0.1:1', 'http://127.0.0.1:2'],
  ['http://[::1]:1', 'http://[::1]:2'],
  ['http://x.a.localhost', 'http://a.localhost'],
])('%s and %s are one site', (first, second) => {
  expect(siteOf(first)).toBe(siteOf(second))
})

test.each([
  ['https://example.com', 'http://example.com'],
  ['https://example.com', 'https://example.org'],
  ['https://one.co.uk', 'https://two.co.uk'],
  ['https://one.github.io', 'https://two.github.io'],
  ['http://localhost', 'http://127.0.0.1'],
  ['http://127.0.0.1', 'http://127.0.0.2'],
  ['http://a.localhost', 'http://b.localhost'],
  ['http://a.localhost', 'http://localhost'],
])('%s and %s are two sites', (first, second) => {
  expect(siteOf(first)).not.toBe(siteOf(second))
})

test('an opaque origin has no site', () => {
  expect(siteOf('null')).toBeUndefined()
})
