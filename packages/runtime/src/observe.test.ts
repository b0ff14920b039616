import { afterEach, expect, test, vi } from 'vitest'
import { observe } from './observe.ts'

const detail = { file: 'a.wasm', url: 'https://page.example/a.wasm', hash: 'f'.repeat(64), size: 3 }
const measure = (name: string, more = {}): void => {
  performance.measure(name, { start: 0, detail: { ...detail, ...more } })
}

let stop = (): void => {}
afterEach(() => {
  stop()
  performance.clearMeasures()
})

test('calls back for what happened before and after, and for nothing else', async () => {
  const observer = {
    onCOSCacheHit: vi.fn(),
    onCached: vi.fn(),
    onCOSCacheMiss: vi.fn(),
    onCOSStore: vi.fn(),
    onError: vi.fn(),
  }
  measure('wasm-cos:miss')
  measure('another')
  stop = observe(observer)
  measure('wasm-cos:store')
  measure('wasm-cos:hit')
  measure('wasm-cos:cached')
  measure('wasm-cos:error', { reason: 'HashMismatch' })
  await vi.waitFor(() => expect(observer.onError).toHaveBeenCalled())
  expect(observer.onCOSCacheMiss.mock.calls).toEqual([[detail.hash, detail.url]])
  expect(observer.onCOSStore.mock.calls).toEqual([[detail.hash]])
  expect(observer.onCached.mock.calls).toEqual([[detail.hash, detail.url]])
  expect(observer.onCOSCacheHit.mock.calls).toEqual([[detail.hash]])
  expect(observer.onError.mock.calls).toEqual([[{ ...detail, reason: 'HashMismatch' }]])
})

test('needs none of the callbacks', async () => {
  const onCOSStore = vi.fn()
  stop = observe({ onCOSStore })
  for (const event of ['hit', 'cached', 'miss', 'error', 'store']) measure(`wasm-cos:${event}`)
  await vi.waitFor(() => expect(onCOSStore).toHaveBeenCalledOnce())
})

test('ends when it is told to', async () => {
  const [ended, other] = [vi.fn(), vi.fn()]
  observe({ onCOSStore: ended })()
  stop = observe({ onCOSStore: other })
  measure('wasm-cos:store')
  await vi.waitFor(() => expect(other).toHaveBeenCalledOnce())
  expect(ended).not.toHaveBeenCalled()
})
