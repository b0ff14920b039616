/**
 * Builds `src/stub/create-cos-fetch.ts` to the text that core injects: an expression whose value is `createCosFetch`, in the syntax of
 * ES2017, which every browser with `WebAssembly` and streaming reads.
 */
import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { parseSync } from 'oxc-parser'
import { getUndeclaredIdentifiersInFunction } from 'oxc-walker'
import { minify } from 'terser'

async function stubText(integrity) {
  const { outputFiles } = await build({
    entryPoints: ['src/stub/create-cos-fetch.ts'],
    bundle: true,
    format: 'esm',
    target: 'es2017',
    define: { INTEGRITY: String(integrity), RETHROWS: 'false' },
    write: false,
  })
  const module = outputFiles[0].text.replace(/export \{[^}]*\};\s*$/, '')
  const { code } = await minify(`(() => {${module.replace(/\bconst /g, 'let ')}; return createCosFetch})()`, {
    ecma: 2017,
    compress: { passes: 5, expression: true, unsafe_arrows: true, keep_fargs: false, lhs_constants: false },
  })
  return `(${code.replace(/;$/, '')})`
}

/** What it takes from the platform, by the names it uses. */
function globalsOf(text) {
  return getUndeclaredIdentifiersInFunction(parseSync('stub.js', text).program)
}

const texts = { stub: await stubText(false), stubWithIntegrity: await stubText(true) }

for (const [name, text] of Object.entries(texts)) {
  console.log(`${name}: ${gzipSync(text, { level: 9 }).length} B after gzip`)
}

const stubGlobals = [...new Set(Object.values(texts).flatMap(globalsOf))]

await writeFile(
  'dist/stub.js',
  Object.entries({ ...texts, stubGlobals })
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
    '',
  ].join('\n'),
)
