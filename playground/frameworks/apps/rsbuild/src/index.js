import { load } from './load.js'

document.body.insertAdjacentHTML('beforeend', '<pre id="result"></pre>')
load(new URL('./answer.wasm', import.meta.url), '/shipped.wasm')
