import { expect, test } from 'vitest'
import { isDependency } from './installed-package.ts'

test.each([
  ['/app/node_modules/x/x.wasm', true],
  ['C:\\app\\node_modules\\x\\x.wasm', true],
  ['/app/node_modules_old/x.wasm', false],
  ['C:\\app\\src\\x.wasm', false],
])('%s: is it a dependency: %s', (path, expected) => {
  expect(isDependency(path)).toBe(expected)
})
