import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const loader = "WebAssembly.instantiateStreaming(fetch(new URL('app.wasm', import.meta.url)))\n"
const page = '<script type="module" src="app-3f0c9a1b.js"></script>'

test.skipIf(process.platform === 'win32')(
  'pages, scripts and wasm that are links: each is a file afterwards, and what it led to stays',
  async () => {
    const elsewhere = makeFolder({ 'page.html': page, 'app.js': loader, 'app.wasm': wasm })
    const folder = makeFolder({ 'other.html': '' })
    symlinkSync(join(elsewhere, 'page.html'), join(folder, 'index.html'))
    symlinkSync(join(elsewhere, 'app.js'), join(folder, 'app-3f0c9a1b.js'))
    symlinkSync(join(elsewhere, 'app.wasm'), join(folder, 'app.wasm'))
    symlinkSync(join(elsewhere, 'nothing'), join(folder, 'dangling.js'))
    const { code, stdout } = await run('inject', '--rename', folder)
    expect(stdout).toMatch(/app\.wasm .* ← app-\w+\.js/)
    expect(code).toBe(0)
    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    const [, script] = /src="(app-\w+\.js)"/.exec(html)!
    expect(script).not.toBe('app-3f0c9a1b.js')
    expect(readFileSync(join(folder, script!), 'utf8')).toContain('cosFetch_')
    expect(lstatSync(join(folder, 'app.wasm')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(elsewhere, 'page.html'), 'utf8')).toBe(page)
    expect(readFileSync(join(elsewhere, 'app.js'), 'utf8')).toBe(loader)
  },
)

test.skipIf(process.platform === 'win32')(
  'a link to a folder of the site is refused, another is not',
  async () => {
    const elsewhere = makeFolder({ 'app.js': loader })
    const folder = makeFolder({ 'app.wasm': wasm, 'app.js': loader })
    mkdirSync(join(elsewhere, 'docs'))
    writeFileSync(join(elsewhere, 'docs/a.txt'), '')
    symlinkSync(join(elsewhere, 'docs'), join(folder, 'docs'))
    expect((await run('inject', folder)).code).toBe(0)
    symlinkSync(elsewhere, join(folder, 'lib'))
    const { code, stderr } = await run('inject', folder)
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/lib in .* is a link to a folder .* cp -RL/)
  },
)
