#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startCosHost, type CosHostOptions } from './host.ts'
import { apiOf } from './page-script.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    folder: { type: 'string' },
    api: { type: 'string', default: 'singular' },
  },
})

const options: CosHostOptions = { port: Number(values.port), api: apiOf(values.api) }
if (values.folder !== undefined) options.folder = values.folder
const host = await startCosHost(options)
console.log(
  `Cross-Origin Storage for development. Include it in your pages:\n  <script src="${host.scriptUrl}"></script>`,
)
