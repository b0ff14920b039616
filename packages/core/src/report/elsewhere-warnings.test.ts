import { expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve-options.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()

/** The warnings of a build with a file and a script that asks for some URLs. */
function warningsFor(fileName: string, urls: string[], publicUrl?: string, refersTo?: string[]) {
  const code = urls.map((url) => `WebAssembly.compileStreaming(fetch('${url}'))`).join('\n')
  const { warnings } = processOutput(
    [
      { type: 'wasm', fileName, bytes: Buffer.from('a'), sources: [] },
      { type: 'script', fileName: 'main.js', code, ...(refersTo && { refersTo }) },
    ],
    { options: resolveOptions({}), parser, ...(publicUrl !== undefined && { publicUrl }) },
  )
  return warnings.map(({ message }) => message)
}

test('a plain name at the URL of another origin may be that of another file, which is said', () => {
  expect(warningsFor('a.wasm', ['https://cdn.example/x/a.wasm'])).toEqual([
    expect.stringMatching(
      /^a\.wasm .* main\.js asks for https:\/\/cdn\.example\/x\/a\.wasm: .*'--public-url'/,
    ),
  ])
  expect(warningsFor('a.wasm', ['//cdn.example/a.wasm'], 'https://other.example/')).toHaveLength(1)
})

test.each([
  ['the build says that it is served from there', ['https://cdn.example/x/a.wasm'], 'https://cdn.example/x'],
  ['a path besides', ['https://cdn.example/x/a.wasm', './a.wasm']],
  ['a path from the root', ['/x/a.wasm']],
])('nothing is said with %s', (_, urls, publicUrl?: string) => {
  expect(warningsFor('a.wasm', urls, publicUrl)).toEqual([])
})

test('nothing is said where the name carries a hash, or the bundler knows what the script means', () => {
  expect(warningsFor('a-3f0c9a1b.wasm', ['https://cdn.example/a-3f0c9a1b.wasm'])).toEqual([])
  expect(warningsFor('a.wasm', ['https://cdn.example/a.wasm'], undefined, ['a.wasm'])).toEqual([])
})
