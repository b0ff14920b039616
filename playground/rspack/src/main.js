import { start } from '@wasm-cos/app'

const wasmUrl = new URL('sql.js/dist/sql-wasm.wasm', import.meta.url).href

start({ bundler: 'Rspack 2', wasmUrl })
