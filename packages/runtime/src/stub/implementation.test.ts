import { expect, test, vi } from 'vitest'
import type { CrossOriginStorageManager, WasmHash } from '../api.ts'
import { methodNames } from '../method-names.ts'
import { ask, isNative, methodOf } from './implementation.ts'

const hash: WasmHash = { algorithm: 'SHA-256', value: 'f'.repeat(64) }
const options = { create: true, origins: '*' } as const

/** An implementation with these methods. */
function withMethods(methods: object): CrossOriginStorageManager {
  return methods as CrossOriginStorageManager
}

test('of several names of the method the newest is taken; what is no function is none', () => {
  const all = Object.fromEntries(methodNames.map((name) => [name, () => {}]))
  for (const name of methodNames) {
    expect(methodOf(withMethods(all))).toBe(name)
    all[name] = 'no function' as never
  }
  expect(methodOf(withMethods(all))).toBeUndefined()
})

test('each form is asked as it wants to be, on the implementation, and gives one handle', async () => {
  const handle = {}
  for (const name of methodNames) {
    const isList = name === 'requestFileHandles'
    const method = vi.fn(async () => (isList ? [handle] : handle))
    const manager = withMethods({ [name]: method })
    expect(await ask(manager, hash, options)).toBe(handle)
    expect(method).toHaveBeenCalledExactlyOnceWith(isList ? [hash] : hash, options)
    expect(method.mock.contexts).toEqual([manager])
  }
})

test('an implementation without any of them, and one that throws, rejects', async () => {
  await expect(ask(withMethods({}), hash)).rejects.toThrow(TypeError)
  const throws = () => {
    throw new RangeError('no')
  }
  await expect(ask(withMethods({ getFileHandle: throws }), hash)).rejects.toThrow(RangeError)
})

test('where there is no class of that name, nothing is native', () => {
  expect(isNative(withMethods({ getFileHandle: URL.prototype.toString }))).toBe(false)
})
