import { md5 } from 'hash-wasm'

show(await md5('abc'))
