import init from './answer.wasm'
import { show } from './show.js'

const { instance } = await init({})
show(instance.exports.answer())
