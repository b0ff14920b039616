import { answer } from './answer.wasm'
import { show } from './show.js'

show(answer())
