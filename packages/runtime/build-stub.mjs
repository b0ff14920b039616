/**
 * Builds `src/stub/create-cos-fetch.ts` to the text that core injects: an expression whose value is `createCosFetch`, in the syntax of
 * ES2017, which every browser with `WebAssembly` and streaming reads. `create-cos-xhr.ts` is a text of its own, for the few
 * scripts that load wasm through XMLHttpRequest.
 *
 *     node build-stub.mjs             writes dist/stub.js
 *     node build-stub.mjs --prices    prints what each part costs, and what each pass saves
 */
import { readFile, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { parseSync } from 'oxc-parser'
import { getUndeclaredIdentifiersInFunction } from 'oxc-walker'
import { minify } from 'terser'
import { makeRepeat, namesOfTheirOwn, sizeOf, unifyArguments } from './stub-names.mjs'

/** What makes the source small, in this order: a name, what it does to a program, and what is done where it is left out. */
const passes = [
  ['minification but of names', shorten],
  [
    'one name for what a function is given',
    async (program) => shorten(unifyArguments(await withOwnNames(program))),
  ],
  [
    'names and an order that repeat',
    async (program) => makeRepeat(await withOwnNames(program)),
    withShortNames,
  ],
]
const minification = {
  ecma: 2017,
  compress: {
    passes: 5,
    expression: true,
    unsafe_arrows: true,
    keep_fargs: false,
    lhs_constants: false,
    // Functions that are called once stay functions: their names and shapes repeat.
    inline: 1,
  },
  mangle: false,
}

async function shorten(program) {
  return (await minify(program, minification)).code
}

async function withOwnNames(program) {
  const mangle = { nth_identifier: namesOfTheirOwn() }
  return (await minify(program, { ecma: 2017, compress: false, mangle })).code
}

async function withShortNames(program) {
  return (await minify(program, { ecma: 2017, compress: false })).code
}

/** Properties of objects that only the stub has, and no object of the platform's: the text has short names for them. */
const ownProperties = /^(sendLate|forget|begin|isFor|wait|giveWay|show|reset|fire)$/

/** The source of `fetch` as one function, with parts replaced by what is there without them. */
function bundle(integrity, replacements = {}) {
  return bundleFunction('createCosFetch', 'src/stub/create-cos-fetch.ts', integrity, replacements)
}

/** A function that a module exports, as one expression. */
async function bundleFunction(name, module, integrity, replacements = {}) {
  const { outputFiles } = await build({
    entryPoints: [module],
    bundle: true,
    format: 'esm',
    target: 'es2017',
    define: { INTEGRITY: String(integrity), RETHROWS: 'false' },
    write: false,
    mangleProps: ownProperties,
    plugins: [{ name: 'without-parts', setup: (hooks) => replaceParts(hooks, replacements) }],
  })
  const text = outputFiles[0].text.replace(/export \{[^}]*\};\s*$/, '')
  return `(() => {${text}; return ${name}})()`
}

/**
 * Replaces exported functions, by name, with other ones, and statements of functions, by their text. What is not there is an error: a
 * price would not be true any more.
 */
function replaceParts(hooks, replacements) {
  const missing = new Set(Object.keys(replacements))
  hooks.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    let contents = await readFile(path, 'utf8')
    for (const [part, text] of Object.entries(replacements)) {
      const isName = /^\w+$/.test(part)
      const found = isName ? `export const ${part} =` : part
      if (!contents.includes(found)) continue
      missing.delete(part)
      contents = isName
        ? `${contents.replace(found, `export const ${part}Replaced =`)}\nexport const ${part} = ${text}\n`
        : contents.replace(found, text)
    }
    return { contents, loader: 'ts' }
  })
  hooks.onEnd(() => {
    if (missing.size > 0) throw new Error(`The source has no ${[...missing].join(', ')}.`)
  })
}

async function stubText(program, without) {
  let text = program
  for (const [name, pass, otherwise] of passes)
    text = (await (name === without ? otherwise : pass)?.(text)) ?? text
  return `(${text.trim().replace(/;$/, '')})`
}

/** What it takes from the platform, by the names it uses. */
function globalsOf(text) {
  return getUndeclaredIdentifiersInFunction(parseSync('stub.js', text).program)
}

/** The parts of the stub: what each is for, and what would be there without it. */
const parts = {
  'places: which file a URL means': {
    fileAt: '(url, files) => files.find(([file]) => url.endsWith("/" + file))',
  },
  'which requests are plain': {
    isGet: '() => true',
    canBeReadAgain: '() => true',
    awaits: '() => true',
    isPlain: '() => true',
  },
  'what a page changes once it has asked': { isStill: '() => true' },
  'the three names of the method': {
    methodOf: '() => "getFileHandle"',
    ask: '(manager, hash, options) => manager.getFileHandle(hash, options)',
  },
  "telling the browser's own storage": { isNative: '() => false' },
  'the marker of returning visitors': {
    markerAt: 'async () => {}',
    mark: 'async () => {}',
    unmark: 'async () => {}',
    versionOf: '() => false',
    'const marker = soon(ownMarker()).catch(ignore)': '',
    'const known = await Promise.race([marker, handle.then(() => marker)])': 'const known = false',
    'if (version) mark(url, hex + version).catch(ignore)': '',
  },
  'time-outs': { within: '(milliseconds, promise) => promise' },
  'hashes as integrity': { integrityOf: '(digest) => digest', asIntegrity: '(hash) => hash' },
  'streams of checked bytes': { streamOf: '(bytes) => bytes' },
  'responses of the right type': {
    compilable: '(response) => response',
    wasmResponse: '(body, other) => new Response(body, other)',
  },
}

async function printPrices() {
  const program = await bundle(false)
  const whole = sizeOf(await stubText(program))
  const row = (name, bytes) => console.log(`| ${name} | ${bytes} |`)
  for (const [name, replacements] of Object.entries(parts)) {
    const price = whole - sizeOf(await stubText(await bundle(false, replacements)))
    row(name, price)
  }
  const rest = await bundle(false, Object.assign({}, ...Object.values(parts)))
  row('what is left without all of these', sizeOf(await stubText(rest)))
  row('**all**', whole)
  row('`integrity`, on top', sizeOf(await stubText(await bundle(true))) - whole)
  for (const [name] of passes) console.log(`${name} saves ${sizeOf(await stubText(program, name)) - whole} B`)
}

async function writeStub() {
  const texts = {
    stub: await stubText(await bundle(false)),
    stubWithIntegrity: await stubText(await bundle(true)),
  }
  const stubGlobals = [...new Set(Object.values(texts).flatMap(globalsOf))]
  const xhrStub = await stubText(await bundleFunction('createCosXhr', 'src/stub/create-cos-xhr.ts', false))
  const xhrStubGlobals = globalsOf(xhrStub)
  for (const [name, text] of Object.entries({ ...texts, xhrStub }))
    console.log(`${name}: ${sizeOf(text)} B after gzip`)
  await writeFile(
    'dist/stub.js',
    Object.entries({ ...texts, stubGlobals, xhrStub, xhrStubGlobals })
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
      .join(''),
  )
  await writeFile(
    'dist/stub.d.ts',
    [
      '/** The minified loader: a JavaScript expression whose value is `createCosFetch`, for strict code. */',
      'export declare const stub: string',
      '/** The same with the code that enforces hashes on the network path (`integrity: true`). */',
      'export declare const stubWithIntegrity: string',
      '/** The names of the globals that either uses. */',
      'export declare const stubGlobals: readonly string[]',
      '/** A JavaScript expression whose value is `createCosXhr`, for strict code that also has the loader. */',
      'export declare const xhrStub: string',
      '/** The names of the globals that it uses. */',
      'export declare const xhrStubGlobals: readonly string[]',
      '',
    ].join('\n'),
  )
}

await (process.argv.includes('--prices') ? printPrices() : writeStub())
