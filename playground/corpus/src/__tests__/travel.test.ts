import { createContext, Script } from 'node:vm'
import { loadParser, type Node } from '@wasm-cos/core'
import { walk } from 'oxc-walker'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBundle } from '../bundle.ts'
import { bundles } from '../bundles.ts'

const parser = await loadParser()

/** Larger ones are whole bundles, not what travels. */
const largest = 20_000
let count = 0

/** Whoever listens for promises that fail: what these functions start and leave behind is nobody's. */
const listeners = process.listeners('unhandledRejection')

beforeAll(() => {
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', () => {})
})

afterAll(async () => {
  await new Promise((resolve) => setImmediate(resolve))
  process.removeAllListeners('unhandledRejection')
  for (const listener of listeners) process.on('unhandledRejection', listener)
})

afterAll(() =>
  console.log(`${count} functions of ${bundles.length} bundles were made anew from their own text`),
)

test.each(bundles.map((bundle) => [bundle.from.join('/'), bundle] as const))(
  '%s: a function made anew from its own text does the same where there is no stub',
  (_, bundle) => {
    const { plain, edited } = readBundle(bundle)
    const [before, after] = [plain, edited].map((code) => functionsOf(code, bundle.type))
    expect(after).toHaveLength(before!.length)
    const changed = [...after!.keys()].filter((index) => after![index] !== before![index])
    count += changed.length
    const [was, is] = [before, after].map((texts) => trace(changed.map((index) => texts![index]!)))
    expect(is).toEqual(was)
  },
)

/** The functions of a bundle that refer to `fetch`, methods aside, without those that wasm-cos declares. */
function functionsOf(code: string, sourceType: 'script' | 'module'): string[] {
  const texts: string[] = []
  walk(parser(code, { sourceType, preserveParens: false }), {
    enter(node, parent) {
      if (isOurs(node)) this.skip()
      else if (/Function/.test(node.type) && !isMethod(parent)) texts.push(code.slice(node.start, node.end))
    },
  })
  return texts
}

/** Whether a function is one that wasm-cos declares, or writes around what is compared with `fetch`. */
function isOurs(node: Node): boolean {
  if (node.type === 'FunctionDeclaration') return node.id?.name.startsWith('cosFetch_') === true
  const [parameter] = node.type === 'ArrowFunctionExpression' ? node.params : []
  return parameter?.type === 'Identifier' && parameter.name === 'cosFetch'
}

function isMethod(parent: Node | null): boolean {
  return (
    parent?.type === 'MethodDefinition' ||
    (parent?.type === 'Property' && (parent.method || parent.kind !== 'init'))
  )
}

/** Makes functions anew in a page without the stub, calls each in three ways, and says what they did. */
function trace(texts: string[]): string[] {
  const done: string[] = []
  const page: Record<string, unknown> = {
    URL,
    Request,
    Response,
    Headers,
    navigator: {},
    location: new URL('https://page.example/'),
    fetch(...args: unknown[]) {
      done.push(`fetch ${args.length} ${typeof args[0]}`)
      return Promise.resolve(new Response('{}'))
    },
  }
  createContext(page)
  page.window = page.self = new Script('globalThis').runInContext(page)
  for (const text of texts) {
    if (text.length > largest) {
      done.push(typeof new Script(`(${text})`))
      continue
    }
    for (const args of ['', '"u", {}', '{ url: "u" }, () => {}']) {
      try {
        const result: unknown = new Script(`(${text})(${args})`).runInContext(page, { timeout: 1000 })
        // What it does later fails, if it does, for both alike.
        if (Object.prototype.toString.call(result) === '[object Promise]') {
          ;(result as Promise<unknown>).catch(() => {})
        }
        done.push(typeof result)
      } catch (error) {
        done.push(`throws ${(error as Error | undefined)?.name}`)
      }
    }
  }
  return done
}
