import { start } from '@wasm-cos/app'
import wasmUrl from 'sql.js/dist/sql-wasm.wasm'

start({ bundler: 'esbuild', wasmUrl })
