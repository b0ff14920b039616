import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { asIntegrity, integrityOf } from './integrity.ts'

test('digest and hexadecimal hash are the integrity that an attribute of the same file has', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (content) => {
      const digest = createHash('sha256').update(content).digest()
      const integrity = `sha256-${digest.toString('base64')}`
      expect(integrityOf(digest)).toBe(integrity)
      expect(asIntegrity({ algorithm: 'SHA-256', value: digest.toString('hex') })).toBe(integrity)
    }),
  )
})
