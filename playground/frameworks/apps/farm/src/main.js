import url from './answer.wasm?url'
import { load } from './load.js'

load(url, '/shipped.wasm')
