import node from '@sveltejs/adapter-node'
import pages from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import wasmCos from '@wasm-cos/vite-plugin'
import { defineConfig } from 'vite'

const adapter = process.env.SERVER ? node() : pages()

export default defineConfig({ plugins: [sveltekit({ adapter }), wasmCos({ lookupTimeout: 60_000 })] })
