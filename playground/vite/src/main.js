import { start } from '@wasm-cos/app'
import wasmUrl from 'sql.js/dist/sql-wasm.wasm?url'

start({ bundler: 'Vite 8', wasmUrl })
