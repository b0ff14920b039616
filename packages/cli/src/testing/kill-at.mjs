/**
 * Preloaded into the command: kills its process with SIGKILL before the `step`th change that it makes to the file
 * system, in the middle of a write where the change is one.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const step = Number(new URL(import.meta.url).searchParams.get('step'))
let steps = 0

function next() {
  steps++
  if (steps === step) process.kill(process.pid, 'SIGKILL')
}

for (const name of ['mkdirSync', 'renameSync', 'rmSync', 'unlinkSync']) {
  const original = fs[name]
  fs[name] = (...args) => {
    next()
    return original(...args)
  }
}

const { writeFileSync } = fs
fs.writeFileSync = (path, content, options) => {
  const bytes = Buffer.from(content)
  const half = bytes.length >> 1
  next()
  writeFileSync(path, bytes.subarray(0, half), options)
  next()
  writeFileSync(path, bytes.subarray(half), { flag: 'a' })
}

syncBuiltinESMExports()
