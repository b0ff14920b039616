import { expect, test } from 'vitest'
import { splice } from './splice.ts'

const text = `${'a'.repeat(5000)}bcd`
const change = (start: number, end: number, text: string) => ({ start, end, text })

test('changes are made where they stand, also several at one position', () => {
  const changes = [change(1, 1, 'x'), change(1, 1, 'y'), change(1, 3, 'z'), change(5003, 5003, '!')]
  for (const short of ['', text]) {
    const whole = `abc${short}`
    const last = changes.map((one) => (one.start > 3 ? change(whole.length, whole.length, '!') : one))
    expect(splice(whole, last)).toBe(`axyz${short}!`)
  }
})

test('the same changes of an equal text have the same result, others their own, however often they take turns', () => {
  for (let build = 0; build < 8; build++) {
    const equal = Buffer.from(text).toString()
    for (let other = 0; other < 6; other++)
      expect(splice(equal, [change(5000, 5001, String(other))])).toBe(`${'a'.repeat(5000)}${other}cd`)
    expect(splice(equal, [])).toBe(equal)
    expect(splice(`${text.slice(0, -1)}e`, [change(5000, 5001, '0')])).toBe(`${'a'.repeat(5000)}0ce`)
  }
})

test('changes that overlap are none', () => {
  expect(() => splice('abcdef', [change(0, 4, ''), change(2, 2, 'x')])).toThrow(/overlap at character 2/)
})
