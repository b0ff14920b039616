import { show } from './show.js'

const { answer } = await import('./answer.wasm')
show(answer())
