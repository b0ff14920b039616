import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()

/** A script that was given the stub. */
function edit(code: string): string {
  const wasm = {
    type: 'wasm' as const,
    fileName: 'a.wasm',
    bytes: Buffer.from('\0asm\x01\0\0\0'),
    sources: [],
  }
  const script = { type: 'script' as const, fileName: 'main.js', code }
  const options = resolveOptions(undefined)
  const { edits } = processOutput([wasm, script], { options, parser, injects: true, sourceName: String })
  expect(edits).toHaveLength(1)
  return applyChanges(code, edits[0]!.changes)
}

/** The functions on the stack, innermost first, where a script calls `fetch`, after it was edited. */
function callersOfFetch(code: string, navigator: object | undefined): string[] {
  const callers: string[] = []
  const page: Record<string, unknown> = {
    navigator,
    WebAssembly: {},
    fetch() {
      const [, , ...frames] = String(new Error('seen').stack).split('\n')
      callers.push(...frames.map((frame) => frame.trim().split(' ')[1]!))
    },
  }
  page.window = page.self = page
  runInNewContext(edit(code), page)
  return callers
}

test.each(['fetch(url)', 'window.fetch(url)'])(
  '%s: without Cross-Origin Storage nothing stands between the page and its fetch',
  (call) => {
    const code = `function load(url) { ${call}; WebAssembly.compileStreaming }\nload('a.wasm')`
    for (const navigator of [{}, undefined]) expect(callersOfFetch(code, navigator)[0]).toBe('load')
    const throwing = Object.defineProperty({}, 'crossOriginStorage', {
      get() {
        throw new Error('not here')
      },
    })
    expect(callersOfFetch(code, throwing)[0]).toBe('load')
  },
)

test('code that passes fetch on gets the one of the page where there is no Cross-Origin Storage', () => {
  const code =
    "const bound = globalThis.fetch.bind(globalThis), kept = fetch; function load(call) { call('a.wasm'); WebAssembly.compileStreaming }\n" +
    'load(bound), load(kept), same(kept === bound || kept)'
  const same: unknown[] = []
  const fetch = () => {}
  const page = { navigator: {}, WebAssembly: {}, fetch, same: (value: unknown) => void same.push(value) }
  runInNewContext(edit(code), page)
  expect(same).toEqual([fetch])
})

test('who has taken fetch away has none to call, also with Cross-Origin Storage', () => {
  const code =
    "fetch = null; try { fetch('a.wasm') } catch (error) { note(error.name) }; WebAssembly.compileStreaming"
  const edited = edit(code)
  for (const navigator of [{}, { crossOriginStorage: { getFileHandle() {} } }]) {
    const names: string[] = []
    runInNewContext(edited, {
      navigator,
      WebAssembly: {},
      fetch: () => {},
      note: (name: string) => names.push(name),
    })
    expect(names).toEqual(['TypeError'])
  }
})
