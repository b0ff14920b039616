#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startCosHost } from './host.ts'
import { parseMethods } from './methods.ts'
import type { CosHostOptions } from './options.ts'

const usage = `Usage: cos-host [options]
  --port 8787                 the port
  --folder <folder>           where files are kept; without it, in memory
  --methods <names>           getFileHandle (default), requestFileHandle, requestFileHandles; with commas
  --native                    the API looks like the browser's own, for tests
  --denied                    the API refuses, as where a Permissions Policy forbids it
  --allow-origin <header>     the pages' Cross-Origin-Storage-Allow-Origin; without it, they are asked
  --public-hash-list <file>   only hashes on this list are shown to every site
  --grease <0 to 1>           how often a file open to everyone is withheld
  --probe-budget <number>     how many hashes a site may ask for that it has not stored
  --quota <bytes>             how much an origin may store`

const { values } = orFail(() =>
  parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      port: { type: 'string', default: '8787' },
      folder: { type: 'string' },
      methods: { type: 'string' },
      native: { type: 'boolean', default: false },
      denied: { type: 'boolean', default: false },
      'allow-origin': { type: 'string' },
      'public-hash-list': { type: 'string' },
      grease: { type: 'string' },
      'probe-budget': { type: 'string' },
      quota: { type: 'string' },
    },
  }),
)

if (values.help) {
  console.log(usage)
  process.exit()
}
if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
  fail(`--port is ${values.port}: use a number up to 65535.`)

const host = await startCosHost(orFail(readOptions)).catch((error: Error) => fail(error.message))
console.log(
  `Cross-Origin Storage for development. Include it in your pages:\n  <script src="${host.scriptUrl}"></script>`,
)

function readOptions(): CosHostOptions {
  const { folder, methods, native, denied } = values
  const options: CosHostOptions = { port: Number(values.port), native, denied }
  if (folder !== undefined) options.folder = folder
  if (methods !== undefined) options.methods = parseMethods(methods)
  if (values['allow-origin'] !== undefined) options.allowOrigin = values['allow-origin']
  if (values['public-hash-list'] !== undefined) options.publicHashList = values['public-hash-list']
  if (values.grease !== undefined) options.grease = toNumber(values.grease)
  if (values['probe-budget'] !== undefined) options.probeBudget = toNumber(values['probe-budget'])
  if (values.quota !== undefined) options.quota = toNumber(values.quota)
  return options
}

/** What is no number is not a number either where the option is checked. */
function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text)
}

function orFail<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    return fail((error as Error).message)
  }
}

function fail(message: string): never {
  console.error(`${message}\n${usage}`)
  process.exit(2)
}
