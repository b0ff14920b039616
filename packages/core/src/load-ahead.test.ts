import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { loadAhead } from './load-ahead.ts'

test('what cannot be loaded is the error of whoever waits for it, not of the process', async () => {
  const unhandled: unknown[] = []
  const collect = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', collect)
  const loading = loadAhead(() => Promise.reject(new Error('no native binding')))
  await setImmediate()
  process.off('unhandledRejection', collect)
  expect(unhandled).toEqual([])
  await expect(loading).rejects.toThrow('no native binding')
})
