import { load } from './load.js'

load(new URL('answer.wasm', import.meta.url), '/shipped.wasm')
