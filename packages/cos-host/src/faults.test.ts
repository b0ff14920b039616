import { expect, test } from 'vitest'
import { checkFaults } from './faults.ts'

test.each([
  [{}],
  [{ lookup: { reject: 'NotFoundError' }, close: { hang: true } }],
  [{ lookup: { delay: 5 } }],
  [{ getFile: { bytes: 'flip', type: '', delay: 5 } }],
  [{ detect: { throw: 'SecurityError' } }],
  [{ create: { resolve: null } }],
])('%j are faults', (faults) => {
  expect(() => checkFaults(faults)).not.toThrow()
})

test.each([
  [[], 'Faults must be an object, not []'],
  [{ lokup: { hang: true } }, 'A step is "lokup": it can be "detect", "lookup"'],
  [{ lookup: 'hang' }, 'The fault at "lookup" must be an object, not "hang"'],
  [{ lookup: {} }, 'The fault at "lookup" is empty'],
  [{ lookup: { rejects: 'AbortError' } }, 'A key of the fault at "lookup" is "rejects"'],
  [{ lookup: { reject: 'AbortErr' } }, '"reject" at "lookup" is "AbortErr": it can be "AbortError"'],
  [{ lookup: { bytes: 'flip' } }, 'A key of the fault at "lookup" is "bytes"'],
  [{ getFile: { bytes: 'flop' } }, '"bytes" at "getFile" is "flop"'],
  [{ getFile: { type: 1 } }, '"type" at "getFile" is 1'],
  [{ getFile: { bytes: 'flip', hang: true } }, 'has bytes and hang: choose one'],
  [{ close: { reject: 'AbortError', throw: 'AbortError' } }, 'has reject and throw: choose one'],
  [{ close: { throw: 'AbortError', delay: 1 } }, 'throws synchronously, which cannot be delayed'],
  [{ close: { hang: false } }, '"hang" at "close" is false'],
  [{ close: { delay: '5' } }, '"delay" at "close" is "5": give milliseconds'],
  [{ detect: { reject: 'AbortError' } }, 'it can be "throw", "resolve"'],
])('%j are refused: %s', (faults, message) => {
  expect(() => checkFaults(faults)).toThrow(message)
  expect(() => checkFaults(faults)).toThrow(TypeError)
})
