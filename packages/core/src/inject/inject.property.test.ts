import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createContext, Script } from 'node:vm'
import { assert, property } from 'fast-check'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { programs } from '../testing/generated-program.ts'
import { callAll, travellersOf } from '../testing/travellers.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import type { WasmFile } from '../output.ts'
import { loadParser } from '../syntax/parser.ts'
import { processOutput } from '../process.ts'

const parser = await loadParser()

/** The script after the whole process, and whether it was changed. */
function instrument(code: string, format: 'script' | 'module' = 'script'): string {
  const wasm = {
    type: 'wasm' as const,
    fileName: 'a.wasm',
    bytes: Buffer.from('a'),
    sources: [],
  } satisfies WasmFile
  const { edits, warnings } = processOutput(
    [wasm, { type: 'script', fileName: 'chunk.js', code, format, refersTo: ['a.wasm'] }],
    { options: resolveOptions(), parser },
  )
  expect(warnings.filter(({ code }) => code === 'not-parsed')).toEqual([])
  return edits.reduce((edited, { changes }) => applyChanges(edited, changes), code)
}

/** Runs a script in a page of its own, without Cross-Origin Storage, and says what it did. */
function trace(code: string): string[] {
  const done: string[] = []
  const show = (value: unknown): string => (typeof value === 'function' ? 'function' : String(value))
  const log = (...values: unknown[]): unknown => {
    // Some programs have no end: `do log(1); while (!fetch)` where a `var fetch` is not set yet.
    if (done.length > 2000) throw new RangeError('endless')
    done.push(`log ${values.map(show).join()}`)
    // A function that is made anew may be an async one that fails.
    for (const value of values) if (isPromise(value)) value.catch(() => {})
    return values[0]
  }
  const own = (...args: unknown[]): unknown => {
    done.push(`own ${args.map(show).join()}`)
    return args[0]
  }
  const page: Record<string, unknown> = {
    log,
    own,
    URL,
    Request,
    Response,
    navigator: {},
    location: new URL('https://page.example/'),
    performance,
    fetch: function fetch(this: unknown, ...args: unknown[]) {
      done.push(`fetch ${args.map(show).join()}${this === page.window ? ' on window' : ''}`)
      return `answer ${done.length}`
    },
  }
  page.window = page.self = page
  createContext(page)
  page.window = page.self = new Script('globalThis').runInContext(page)
  try {
    new Script(code).runInContext(page, { timeout: 5000 })
  } catch (error) {
    // What a function is called is its own affair: one made from `fetch` has another name.
    done.push(`throws ${typeof error === 'function' ? 'function' : show((error as Error | undefined)?.name)}`)
  }
  return done
}

/** Whether a value is a promise, of whatever realm. */
function isPromise(value: unknown): value is Promise<unknown> {
  return Object.prototype.toString.call(value) === '[object Promise]'
}

test('a program does the same before and after', { timeout: 300_000 }, () => {
  let instrumented = 0
  assert(
    property(programs, (program) => {
      const edited = instrument(program)
      if (edited !== program) instrumented++
      expect(trace(edited)).toEqual(trace(program))
    }),
    { numRuns: 600 },
  )
  expect(instrumented).toBeGreaterThan(200)
})

test(
  'a function, method or class made anew from its own text does the same in a page without the stub',
  { timeout: 300_000 },
  () => {
    let rewritten = 0
    assert(
      property(programs, (program) => {
        const edited = instrument(program)
        if (edited === program) return
        const [before, after] = [travellersOf(program), travellersOf(edited)]
        expect(after).toHaveLength(before.length)
        const changed = after.flatMap((text, index) => (text === before[index] ? [] : index))
        rewritten += changed.filter((index) => !after[index]!.includes('function cosFetch_')).length
        const [was, is] = [before, after].map((texts) =>
          trace(callAll(changed.map((index) => texts[index]!))),
        )
        expect(is).toEqual(was)
      }),
      { numRuns: 300 },
    )
    expect(rewritten).toBeGreaterThan(200)
  },
)

describe('the syntax tree differs only where it should', () => {
  test('in generated programs', { timeout: 60_000 }, () => {
    assert(
      property(programs, (program) => {
        expect(restored(instrument(program))).toEqual(restored(program))
      }),
      { numRuns: 300 },
    )
  })

  const require = createRequire(import.meta.url)
  const files = ['sql-wasm.js', 'sql-wasm-browser.js', 'sql-wasm-debug.js', 'worker.sql-wasm.js']
  test.each(files)('in %s', (file) => {
    const code = readFileSync(require.resolve(`sql.js/dist/${file}`), 'utf8')
    const edited = instrument(code)
    expect(edited).not.toBe(code)
    expect(restored(edited)).toEqual(restored(code))
  })
})

/** The syntax tree without positions, as it was before references were replaced and declarations added. */
function restored(code: string): unknown {
  const { program, errors } = parseSync('chunk.js', code, { sourceType: 'script', preserveParens: false })
  expect(errors).toEqual([])
  return restore(program)
}

type Tree = { [key: string]: unknown; type?: string; name?: string }

const ours = /^cosFetch_[0-9a-f]{8}(_of|_on|_script)?$/
const isOurs = (node: unknown): boolean => ours.test((node as Tree | null)?.name ?? '')

function restore(node: unknown): unknown {
  if (Array.isArray(node)) return node.filter((item) => !isDeclarationOfOurs(item)).map(restore)
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return node
  const tree = node as Tree
  // `typeof cosFetch_x<"u"?cosFetch_x():fetch`
  if (tree.type === 'ConditionalExpression' && isTestOfOurs(tree.test as Tree)) return restore(tree.alternate)
  // `(cosFetch=>…)(fetch)`
  if (isUnwrapper(tree.callee as Tree | undefined)) return restore((tree.arguments as unknown[])[0])
  if (tree.type === 'ChainExpression') return restore(tree.expression)
  const rest = Object.entries(tree).filter(([key]) => !['start', 'end', 'range', 'hashbang'].includes(key))
  const copy = Object.fromEntries(rest.map(([key, value]) => [key, restore(value)])) as Tree
  // `{ fetch }` has to become `{ fetch: … }`.
  if (copy.type === 'Property') delete copy.shorthand
  return copy
}

function isUnwrapper(callee: Tree | undefined): boolean {
  return callee?.type === 'ArrowFunctionExpression' && (callee.params as Tree[])[0]?.name === 'cosFetch'
}

function isDeclarationOfOurs(node: unknown): boolean {
  const { type, id, declarations } = (node ?? {}) as {
    type?: string
    id?: unknown
    declarations?: { id: unknown }[]
  }
  return (
    type === 'EmptyStatement' ||
    (type === 'FunctionDeclaration' && isOurs(id)) ||
    (type === 'VariableDeclaration' && declarations!.every((declaration) => isOurs(declaration.id)))
  )
}

function isTestOfOurs({ type, left }: Tree): boolean {
  return type === 'BinaryExpression' && isOurs((left as Tree).argument)
}
