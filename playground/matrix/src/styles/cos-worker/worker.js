import init from './answer.wasm?cos'

const { exports } = await init()
self.postMessage(exports.answer())
