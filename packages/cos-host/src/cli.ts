#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startCosHost, type CosHostOptions } from './host.ts'
import { parseMethods } from './methods.ts'

const usage =
  'Usage: cos-host [--port 8787] [--folder <where files are kept>] ' +
  '[--methods getFileHandle,requestFileHandle,requestFileHandles] [--native]'

const { values } = parseArguments()

function parseArguments() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string', default: '8787' },
        folder: { type: 'string' },
        methods: { type: 'string' },
        native: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return fail((error as Error).message)
  }
}

function readMethods(text: string) {
  try {
    return parseMethods(text)
  } catch (error) {
    return fail((error as Error).message)
  }
}

function fail(message: string): never {
  console.error(`${message}\n${usage}`)
  process.exit(2)
}

if (values.help) {
  console.log(usage)
  process.exit()
}
if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
  fail(`--port is ${values.port}: use a number up to 65535.`)

const options: CosHostOptions = { port: Number(values.port), native: values.native }
if (values.methods !== undefined) options.methods = readMethods(values.methods)
if (values.folder !== undefined) options.folder = values.folder
const host = await startCosHost(options)
console.log(
  `Cross-Origin Storage for development. Include it in your pages:\n  <script src="${host.scriptUrl}"></script>`,
)
