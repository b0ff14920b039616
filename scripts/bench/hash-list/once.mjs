import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { findListed } from '@wasm-cos/core'

// Reads a list, or searches it for the files of a build, and prints the processor time that took and the peak of this process.

const [what, list = ''] = process.argv.slice(2)
const wanted = Array.from({ length: 20 }, (_, index) =>
  createHash('sha256')
    .update(index % 2 === 0 ? String(index) : `not listed ${index}`)
    .digest('hex'),
)

const start = process.cpuUsage()
if (what === 'search') {
  const found = findListed(list, wanted)
  if (found.size !== 10) throw new Error(`${found.size} of 10 digests were found.`)
} else {
  const file = openSync(list, 'r')
  const piece = Buffer.allocUnsafe(2 ** 20)
  while (readSync(file, piece) > 0);
  closeSync(file)
}
const { user, system } = process.cpuUsage(start)
const time = (user + system) / 1000
console.log(JSON.stringify({ time, memory: process.resourceUsage().maxRSS / 1000 }))
