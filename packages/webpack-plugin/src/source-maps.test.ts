import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, test } from 'vitest'
import { build, type Built, embeddedIn } from './testing/build.ts'
import { bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const main = `
export async function load(isQuiet) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
  if (!isQuiet) console.log('behind the first reference'); const again = await fetch('/log'); if (!again.ok) throw new Error('behind the second')
  return instance.exports.answer()
}
load().then(console.log)
`
const tokens = ['behind the first reference', 'behind the second']

describe.each(bundlers)('$name', { timeout: 60_000 }, (bundler) => {
  describe.each(['source-map', 'hidden-source-map', 'inline-source-map'])('devtool: %s', (devtool) => {
    test.each([true, false])('tokens keep their places (minimize: %s)', async (minimize) => {
      const project = await createProject({ 'main.js': main, 'answer.wasm': wasmModule(42) })
      const configuration: Configuration = { devtool, optimization: { minimize } }
      const built = await build(bundler, project, { configuration })
      expect(built.errors).toEqual([])
      expect(Object.keys(embeddedIn(built))).toEqual(['main.js'])
      expect(built.files.get('main.js')!.includes('sourceMappingURL')).toBe(devtool !== 'hidden-source-map')

      const places = trace(built, devtool)
      expect(places.map(({ line }) => line)).toEqual(tokens.map((token) => positionOf(main, token).line))
      // Before the minifier, the bundlers map statements, not strings.
      if (minimize) expect(places).toEqual(tokens.map((token) => positionOf(main, token)))
      else
        expect(places).toEqual(
          trace(await build(bundler, project, { configuration, options: false }), devtool),
        )
    })
  })

  test('a script that is copied with its map', async () => {
    const copied = "fetch('answer.wasm').then(WebAssembly.compileStreaming);throw new Error('here')\n"
    const map = {
      version: 3,
      sources: ['old.ts'],
      names: [],
      // Every column of the only line stands where it stood.
      mappings: Array.from(copied, (_, column) => (column === 0 ? 'AAAA' : 'CAAC')).join(),
    }
    const project = await createProject({
      'main.js': '',
      'public/old.js': `${copied}//# sourceMappingURL=old.js.map\n`,
      'public/old.js.map': JSON.stringify(map),
      'public/answer.wasm': wasmModule(42),
    })
    const built = await build(bundler, project, {
      configuration: {
        devtool: 'source-map',
        optimization: { minimize: false },
        plugins: [bundler.copy('public', '.')],
      },
    })
    expect(Object.keys(embeddedIn(built))).toEqual(['old.js'])
    const code = built.files.get('old.js')!.toString()
    expect(code).toMatch(/\/\/# sourceMappingURL=old\.js\.map\s*$/)
    expect(code.match(/sourceMappingURL/g)).toHaveLength(1)
    const traced = originalPositionFor(
      new TraceMap(built.files.get('old.js.map')!.toString()),
      positionOf(code, "'here'"),
    )
    expect(traced).toMatchObject(positionOf(copied, "'here'"))
  })
})

/** Where the tokens in `main.js` come from. */
function trace(built: Built, devtool: string) {
  const code = built.files.get('main.js')!.toString()
  const map = new TraceMap(mapOf(built, 'main.js', devtool))
  return tokens.map((token) => {
    const { line, column } = originalPositionFor(map, positionOf(code, token))
    return { line, column }
  })
}

function mapOf({ files }: Built, name: string, devtool: string): string {
  if (devtool !== 'inline-source-map') return files.get(`${name}.map`)!.toString()
  const [, base64] = /sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(
    files.get(name)!.toString(),
  )!
  return Buffer.from(base64!, 'base64').toString()
}

/** Line from 1, column from 0, as source maps count; of the quote before a string. */
function positionOf(text: string, token: string) {
  const before = text.slice(0, text.indexOf(token) - (token.startsWith("'") ? 0 : 1)).split('\n')
  return { line: before.length, column: before.at(-1)!.length }
}
