import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command, makeFolder, runNode } from '../testing/run.ts'

const printMemory = `data:text/javascript,process.on('exit',()=>console.error('maxRSS',process.resourceUsage().maxRSS))`

test('1 GB of wasm is hashed without being held in memory', async () => {
  const names = ['a.wasm', 'b.wasm', 'c.wasm', 'd.wasm']
  const folder = makeFolder({
    'app.js': `for (const name of ${JSON.stringify(names)}) WebAssembly.compileStreaming(fetch(name))`,
  })
  for (const name of names) {
    const file = openSync(join(folder, name), 'w')
    writeSync(file, `\0asm ${name}`)
    ftruncateSync(file, 250_000_000)
    closeSync(file)
  }
  const { code, stdout, stderr } = await runNode('--import', printMemory, command, 'inject', folder, '--json')
  expect(code).toBe(0)
  const files = JSON.parse(stdout).manifest.files as { size: number; hash: { value: string } }[]
  expect(files.map(({ size }) => size)).toEqual(names.map(() => 250_000_000))
  expect(new Set(files.map(({ hash }) => hash.value)).size).toBe(4)
  const [, kilobytes] = /maxRSS (\d+)/.exec(stderr)!
  expect(Number(kilobytes)).toBeLessThan(400_000)
})
