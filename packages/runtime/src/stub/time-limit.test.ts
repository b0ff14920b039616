import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { within } from './time-limit.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const late = new Promise<never>(() => {})

test('what is in time is what was awaited, and leaves no timer', async () => {
  await expect(within(100, Promise.resolve('found'))).resolves.toBe('found')
  await expect(within(100, 'no promise at all')).resolves.toBe('no promise at all')
  await expect(within(100, Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError)
  expect(vi.getTimerCount()).toBe(0)
})

test('what is late is a TimeoutError at that time and not before, and leaves no timer', async () => {
  const settled = vi.fn()
  void within(100, late).catch(settled)
  await vi.advanceTimersByTimeAsync(99)
  expect(settled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(settled).toHaveBeenCalledExactlyOnceWith('TimeoutError')
  expect(vi.getTimerCount()).toBe(0)
})

test('what comes while the thread is busy for the whole time is in time, though the timer is first', async () => {
  vi.useRealTimers()
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise((resolve) => port1.addEventListener('message', resolve))
  port1.start()
  const awaited = within(20, answer)
  port2.postMessage('found')
  const begin = performance.now()
  while (performance.now() < begin + 100);
  await expect(awaited).resolves.toMatchObject({ data: 'found' })
  port1.close()
})
