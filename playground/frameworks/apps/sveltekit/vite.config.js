import { sveltekit } from '@sveltejs/kit/vite'
import wasmCos from '@wasm-cos/vite-plugin'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [sveltekit(), wasmCos({ lookupTimeout: 60_000 })] })
