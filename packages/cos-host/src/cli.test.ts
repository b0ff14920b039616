import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the command starts a host and says how to include its script', async () => {
  const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
  const child = spawn(process.execPath, [
    command,
    '--port',
    '0',
    '--methods',
    'requestFileHandles',
    '--native',
  ])
  const [output] = await once(child.stdout, 'data')
  const [, script = ''] = /<script src="(.+)">/.exec(String(output)) ?? []
  expect(await (await fetch(script)).text()).toContain('"methods":["requestFileHandles"],"native":true')
  child.kill()
})
