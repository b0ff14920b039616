import { expect, test } from 'vitest'
import { run } from '../testing/run.ts'
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

test('more than one folder: what is said names the flag whose value has to stand behind "="', async () => {
  expect(await run('inject', '--manifest', 'file.json', 'dist')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--manifest its value behind "="'),
  })
})
