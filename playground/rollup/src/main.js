import { start } from '@wasm-cos/app'

const wasmUrl = new URL('../node_modules/sql.js/dist/sql-wasm.wasm', import.meta.url).href

start({ bundler: 'Rollup 4', wasmUrl })
