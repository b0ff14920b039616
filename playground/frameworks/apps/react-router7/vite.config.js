import { reactRouter } from '@react-router/dev/vite'
import wasmCos from '@wasm-cos/vite-plugin'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [reactRouter(), wasmCos({ lookupTimeout: 60_000 })] })
