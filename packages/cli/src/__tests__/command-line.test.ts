import { expect, test } from 'vitest'
import { commandLine } from '../commands/command-line.ts'
import { obstaclesInWords } from '../print/obstacles.ts'
import { coloursFor } from '../print/colours.ts'

test('a folder that is called like a number stays one', () => {
  expect(
    commandLine(['report', 'dist', '--project', '007', '--html=1.0', '--public-hash-list', 'a.csv']),
  ).toEqual(['report', 'dist', '--project', './007', '--html=./1.0', '--publicHashList', 'a.csv'])
})

test.each([
  ['dist', 'wasm-cos inject dist --rename'],
  ['my site/dist', "wasm-cos inject 'my site/dist' --rename"],
  ["it's $HOME", String.raw`wasm-cos inject 'it'\''s $HOME' --rename`],
])('the command that is proposed for %s is one that a shell takes', (folder, proposed) => {
  const obstacle = { kind: 'hashed-name', file: 'a-12345678.js', in: 'index.html', flag: '--rename' } as const
  const lines = obstaclesInWords(
    [obstacle],
    { verb: 'inject', folder, given: [] },
    coloursFor(process.stdout),
  )
  expect(lines.at(-1)).toContain(proposed)
})
