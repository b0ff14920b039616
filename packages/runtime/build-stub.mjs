/**
 * Builds `src/stub.ts` to the text that core injects: an expression whose value is `createCosFetch`, in the syntax of
 * ES2017, which every browser with `WebAssembly` and streaming reads.
 */
import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { minify } from 'terser'

async function stubText(integrity) {
  const { outputFiles } = await build({
    entryPoints: ['src/stub.ts'],
    bundle: true,
    format: 'esm',
    target: 'es2017',
    define: { INTEGRITY: String(integrity) },
    write: false,
  })
  const module = outputFiles[0].text.replace(/export \{[^}]*\};\s*$/, '')
  const { code } = await minify(`(() => {${module.replace(/\bconst /g, 'let ')}; return createCosFetch})()`, {
    ecma: 2017,
    compress: { passes: 5, expression: true, unsafe_arrows: true },
    mangle: { properties: { regex: /^pending/ } },
  })
  return code.replace(/;$/, '')
}

const texts = { stub: await stubText(false), stubWithIntegrity: await stubText(true) }

await writeFile(
  'dist/stub.js',
  Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)}\n`)
    .join(''),
)
await writeFile(
  'dist/stub.d.ts',
  [
    '/** The minified loader: a JavaScript expression whose value is `createCosFetch`. */',
    'export declare const stub: string',
    '/** The same with the code that enforces hashes on the network path (`integrity: true`). */',
    'export declare const stubWithIntegrity: string',
    '',
  ].join('\n'),
)
