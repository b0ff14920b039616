import init from './answer.wasm?cos'
import { show } from './show.js'

const { exports } = await init()
show(exports.answer())
