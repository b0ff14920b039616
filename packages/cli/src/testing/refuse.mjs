/**
 * Preloaded into the command: lets it neither read nor write the `path`, as a system does that knows it for another user than the
 * one whom tests run as, who may be root.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const refused = new URL(import.meta.url).searchParams.get('path')

/** What is refused of a path: of a folder without leave to write, all but to read it; of a file that waits, to be moved. */
const refusals = refused.endsWith('read-only')
  ? ['accessSync']
  : /journal\/\d+$/.test(refused)
    ? ['renameSync']
    : ['mkdirSync', 'openSync', 'readdirSync']

for (const name of refusals) {
  const original = fs[name]
  fs[name] = (path, ...args) => {
    if (String(path) === refused)
      throw Object.assign(new Error(`EACCES: permission denied, ${name} '${path}'`), { code: 'EACCES' })
    return original(path, ...args)
  }
}

syncBuiltinESMExports()
