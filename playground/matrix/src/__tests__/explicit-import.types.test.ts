import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
const adapters = ['vite', 'rollup', 'webpack', 'rspack', 'esbuild']

const code = `import init, { compile, instantiate, url, wasmHash } from './answer.wasm?cos'

const instance: WebAssembly.Instance = await init({ env: { now: () => 0 } })
const { module, instance: other } = await instantiate()
const compiled: WebAssembly.Module = await compile()
const algorithm: 'SHA-256' = wasmHash.algorithm
const digits: string = wasmHash.value
const text: string = url
console.log(instance.exports, other.exports, module, compiled, algorithm, digits, text)

// @ts-expect-error The imports are an object.
await init('env')
// @ts-expect-error The hash is what it is.
wasmHash.value = ''
// @ts-expect-error There are five exports.
export { load } from './answer.wasm?cos'
`

/** What tsc prints for an application that imports a wasm file. */
async function check(label: string, types: string[], moduleResolution: string): Promise<string> {
  const folder = join(import.meta.dirname, '../../.cache/types', label)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'main.ts'), code)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'ES2022',
    module: moduleResolution === 'NodeNext' ? 'NodeNext' : 'ESNext',
    moduleResolution,
    moduleDetection: 'force',
    lib: ['ES2022', 'DOM'],
    types,
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }))
  const run = promisify(execFile)(process.execPath, [tsc, '-p', folder])
  return run.then(({ stdout }) => stdout).catch(({ stdout }: { stdout: string }) => stdout)
}

test.each(adapters)('the types of %s-plugin/client say what an import has', async (adapter) => {
  expect(await check(adapter, [`@wasm-cos/${adapter}-plugin/client`], 'Bundler')).toBe('')
})

test('they resolve as Node.js does', async () => {
  expect(await check('node', ['@wasm-cos/rspack-plugin/client'], 'NodeNext')).toBe('')
})

test('beside the types of Vite', async () => {
  expect(await check('beside-vite', ['vite/client', '@wasm-cos/vite-plugin/client'], 'Bundler')).toBe('')
})

test('without them, the import is unknown', async () => {
  expect(await check('none', [], 'Bundler')).toMatch(/Cannot find module '\.\/answer\.wasm\?cos'/)
})
