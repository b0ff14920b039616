/**
 * Preloaded into the command: kills its process with SIGKILL before the `step`th change that it makes to the file
 * system, in the middle of a write where the change is one.
 */
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const step = Number(new URL(import.meta.url).searchParams.get('step'))
let steps = 0

function next() {
  steps++
  if (steps === step) process.kill(process.pid, 'SIGKILL')
}

for (const name of ['mkdir', 'rename', 'rm']) {
  const original = fs[name]
  fs[name] = (...args) => {
    next()
    return original(...args)
  }
}

const open = fs.open
fs.open = async (path, flags, ...args) => {
  if (flags !== undefined) next()
  const file = await open(path, flags, ...args)
  const { sync, writeFile } = file
  file.sync = () => {
    next()
    return sync.call(file)
  }
  file.writeFile = async (content) => {
    await file.write(Buffer.from(content).subarray(0, Buffer.byteLength(content) / 2))
    next()
    const { bytesWritten } = await file.write(Buffer.from(content).subarray(Buffer.byteLength(content) / 2))
    return bytesWritten
  }
  void writeFile
  return file
}

syncBuiltinESMExports()
