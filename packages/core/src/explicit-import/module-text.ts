import { importHashExpression } from '../embedded/import-hashes.ts'
import { hashOf } from '../hash/hash.ts'

/**
 * Writes the module that an explicit import stands for. Each export that nobody uses can be dropped, with what only it
 * needs. It loads with `fetch`, so that it is instrumented like any other loader; a server's wrong `Content-Type` does
 * not stop streaming compilation.
 *
 * The hash is that of `bytes`. Where a later step changes them, `processOutput` writes the hash of what ships.
 *
 * @param bytes The wasm file as it is when the module is loaded.
 * @param urlDeclaration Statements that declare `url`, the URL of the emitted file, in the bundler's own way.
 * @returns The text of an ES module; `client.d.ts` has its types.
 */
export function explicitImportText(bytes: Uint8Array, urlDeclaration: string): string {
  const { algorithm, value } = hashOf(bytes)
  const { declaration, expression } = importHashExpression(value)
  return `${urlDeclaration}
${declaration}
const wasmHash = { algorithm: '${algorithm}', value: ${expression} }
const type = 'application/wasm'
const load = async () => {
  const response = await fetch(url)
  return !response.ok || response.headers.get('Content-Type') === type
    ? response
    : new Response(response.body, { headers: { 'Content-Type': type } })
}
const compile = async () => WebAssembly.compileStreaming(load())
const instantiate = async (imports) => WebAssembly.instantiateStreaming(load(), imports)
const init = async (imports) => (await instantiate(imports)).instance
export { compile, init as default, instantiate, url, wasmHash }
`
}

/**
 * An expression for the URL of an emitted file, which bundlers drop where nobody uses it.
 *
 * @param specifier An expression for the file's URL as the bundler writes it, relative to the script.
 * @param base An expression for the URL of the script.
 */
export function urlExpression(specifier: string, base: string = 'import.meta.url'): string {
  return `/* @__PURE__ */ String(/* @__PURE__ */ new URL(${specifier}, ${base}))`
}
