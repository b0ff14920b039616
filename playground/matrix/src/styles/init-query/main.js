import init from './answer.wasm?init'
import { show } from './show.js'

const { exports } = await init()
show(exports.answer())
