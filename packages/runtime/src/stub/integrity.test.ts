import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, integrityOf } from './integrity.ts'

test('the hexadecimal digits of a hash are the integrity that an attribute of the same file has', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (content) => {
      const digest = (encoding: 'base64' | 'hex') => createHash('sha256').update(content).digest(encoding)
      expect(integrityOf(bytesOf(digest('hex')))).toBe(`sha256-${digest('base64')}`)
    }),
  )
})
