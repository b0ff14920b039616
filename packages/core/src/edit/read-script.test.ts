import { expect, test } from 'vitest'
import { readScript } from './read-script.ts'

test.each([
  ['text', 'é()'],
  ['a Buffer', Buffer.from('é()')],
  ['other bytes', new TextEncoder().encode('é()')],
])('a script that is handed over as %s', (_, content) => {
  expect(readScript('a.js', content)).toEqual({ type: 'script', fileName: 'a.js', code: 'é()' })
})

test('a script in another encoding is not read', () => {
  expect(readScript('a.js', Buffer.from('é()', 'latin1'))).toEqual({ type: 'unreadable', fileName: 'a.js' })
})
