/**
 * Preloaded into the command: lets it neither read nor write the `path`, as a system does that knows it for another user than the
 * one whom tests run as, who may be root.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const refused = new URL(import.meta.url).searchParams.get('path')

for (const name of ['accessSync', 'mkdirSync', 'openSync', 'readdirSync', 'renameSync']) {
  const original = fs[name]
  fs[name] = (path, ...args) => {
    // A folder without leave to write can be read.
    if (String(path) === refused && !(name === 'readdirSync' && refused.endsWith('read-only')))
      throw Object.assign(new Error(`EACCES: permission denied, ${name} '${path}'`), { code: 'EACCES' })
    return original(path, ...args)
  }
}

syncBuiltinESMExports()
