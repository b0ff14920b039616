import { afterEach, expect, test, vi } from 'vitest'
import { recorderOf } from './record.ts'

const url = 'https://page.example/a.wasm'
const record = recorderOf(['a.wasm', 4, { algorithm: 'SHA-256', value: 'f'.repeat(64) }], url)

afterEach(() => {
  vi.restoreAllMocks()
  performance.clearMeasures()
})

test('an entry says what happened to which file, since when, and why', () => {
  const start = performance.now()
  record('error', start, 'TimeoutError')
  const [entry] = performance.getEntriesByName('wasm-cos:error') as PerformanceMeasure[]
  const detail = { file: 'a.wasm', size: 4, hash: 'f'.repeat(64), url, reason: 'TimeoutError' }
  expect(entry).toMatchObject({ startTime: start, detail })
})

test('a timeline that throws is no trouble', () => {
  vi.spyOn(performance, 'measure').mockImplementation(() => {
    throw new SyntaxError('no')
  })
  expect(() => record('hit', 0)).not.toThrow()
})
