import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bytes } from '../testing/fake-page.ts'
import { shownRequest, type ShownRequest } from './shown-request.ts'

let request: EventTarget & { responseType: string; timeout: number }
let shown: ShownRequest
let seen: string[]

beforeEach(() => {
  vi.stubGlobal('ProgressEvent', class extends Event {})
  request = Object.assign(new EventTarget(), { responseType: 'arraybuffer', timeout: 0 })
  shown = shownRequest(request as XMLHttpRequest)
  seen = []
  for (const type of ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'abort', 'timeout'])
    request.addEventListener(type, () => seen.push(`${type} ${shown.state()}`))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const answer = (): Response => new Response(bytes, { headers: { 'X-Own': 'yes' } })

test('an answer goes through the states, and has its headers', async () => {
  const send = shown.begin()
  expect(shown.state()).toBeUndefined()
  shown.wait()
  await shown.show(answer(), send)
  expect(seen).toEqual([
    'loadstart 1',
    'readystatechange 2',
    'readystatechange 3',
    'progress 3',
    'readystatechange 4',
    'load 4',
    'loadend 4',
  ])
  expect(shown.values['status']!()).toBe(200)
  expect(shown.values['response']!()).toEqual(bytes.slice().buffer)
  expect(shown.headers()).toContainEqual(['x-own', 'yes'])
})

test('an answer to an earlier send is not shown', async () => {
  const send = shown.begin()
  shown.begin()
  expect(send.signal.aborted).toBe(true)
  await shown.show(answer(), send)
  expect(seen).toEqual([])
})

test('a listener that ends the request sees none of the further states', async () => {
  request.addEventListener('progress', () => shown.end('abort'))
  const send = shown.begin()
  shown.wait()
  await shown.show(answer(), send)
  expect(seen.slice(3)).toEqual(['progress 3', 'readystatechange 4', 'abort 4', 'loadend 4'])
  expect(shown.state()).toBe(0)
  expect(shown.values['response']!()).toBeNull()
})

test('a timeout ends it, but not the real request that it has given way to', () => {
  vi.useFakeTimers()
  request.timeout = 100
  shown.begin()
  shown.wait()
  vi.advanceTimersByTime(100)
  expect(seen).toEqual(['loadstart 1', 'readystatechange 4', 'timeout 4', 'loadend 4'])
  shown.reset()
  shown.begin()
  shown.wait()
  shown.giveWay()
  vi.advanceTimersByTime(100)
  expect(seen.slice(4)).toEqual(['loadstart 1'])
  expect(shown.state()).toBeUndefined()
})
