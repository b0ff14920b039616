import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import wasmCos, { type WasmCosOptions } from './index.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const load = (url: string) => `WebAssembly.instantiateStreaming(fetch("${url}"))\n`

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(import.meta.dirname, '../.cache-beside-'))
  const files = {
    'index.html': `<link rel="prefetch" as="fetch" href="/go/main.wasm"><script src="/vendor/wasm_exec.js"></script><script>${load('/go/main.wasm')}</script><script type="module" src="/main.js"></script>`,
    'main.js':
      'const wasm = "/vendor/answer.wasm"; document.head.append(Object.assign(document.createElement("script"), { src: "/vendor/glue.js", wasm }))',
    'public/vendor/wasm_exec.js': 'globalThis.Go = class {}',
    'public/vendor/glue.js': load('/vendor/answer.wasm'),
    'public/vendor/answer.wasm': wasm,
    'public/vendor/copy-of-answer.wasm': wasm,
    'public/go/main.wasm': Buffer.concat([wasm, Buffer.from([0, 1, 0])]),
    'copied/pkg/pkg.mjs': `export default ${load('./pkg/pkg.wasm')}`,
    'copied/pkg/pkg.wasm': Buffer.concat([wasm, Buffer.from([0, 2, 0, 0])]),
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), content)
  }
})

afterAll(() => rm(root, { recursive: true, force: true }))

describe.each([
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
])('%s', (_, vite) => {
  /** Builds, and copies a folder at the end, as vite-plugin-static-copy does. */
  async function build(
    options: WasmCosOptions,
  ): Promise<{ printed: string; text: (name: string) => Promise<string> }> {
    const outDir = join(root, vite.version)
    const printed: string[] = []
    const logger = vite.createLogger()
    for (const level of ['info', 'warn', 'warnOnce'] as const)
      logger[level] = (text) => void printed.push(text)
    const copy: vite8.Plugin = {
      name: 'copy',
      writeBundle: () => cp(join(root, 'copied'), outDir, { recursive: true }),
    }
    await vite.build({
      root,
      configFile: false,
      customLogger: logger,
      // What a build is doing goes past the logger.
      logLevel: 'warn',
      plugins: [wasmCos(options), copy],
      build: { outDir, emptyOutDir: true },
    })
    return { printed: printed.join('\n'), text: (name) => readFile(join(outDir, name), 'utf8') }
  }

  test('glue in public/, a classic script in a page and a static copy load from Cross-Origin Storage', async () => {
    const { printed, text } = await build({ manifest: true })
    expect(await text('vendor/glue.js')).toMatch(/\["vendor\/answer\.wasm"/)
    expect(await text('pkg/pkg.mjs')).toMatch(/\["pkg\/pkg\.wasm"/)
    expect(await text('index.html')).toMatch(/\["go\/main\.wasm"/)
    expect(await text('vendor/wasm_exec.js')).toBe('globalThis.Go = class {}')
    expect(printed).toMatch(
      /shared through Cross-Origin Storage\n(.*\n)*.*vendor\/answer\.wasm .*← vendor\/glue\.js/,
    )
    expect(printed).toMatch(/go\/main\.wasm .*← index\.html/)
    expect(printed.match(/index\.html:2 has <link rel="prefetch"> for go\/main\.wasm/g)).toHaveLength(1)
    // The bundle only names it; glue that is copied loads it.
    expect(printed).not.toContain('vendor/answer.wasm will not come')
    // What nobody asks for is not said to be shared, although it has the bytes of what is.
    expect(printed).toMatch(/no script of this build loads it\n +vendor\/copy-of-answer\.wasm/)
    const { files } = JSON.parse(await text('wasm-cos.manifest.json'))
    expect(files).toContainEqual(
      expect.objectContaining({ file: 'vendor/answer.wasm', chunks: ['vendor/glue.js'] }),
    )
  }, 60_000)

  test('a source in public/ is not touched', async () => {
    await build({})
    expect(await readFile(join(root, 'public/vendor/glue.js'), 'utf8')).toBe(load('/vendor/answer.wasm'))
  }, 60_000)
})
