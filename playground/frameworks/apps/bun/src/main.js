import url from './answer.wasm' with { type: 'file' }
import { load } from './load.js'

load(url, '/shipped.wasm')
