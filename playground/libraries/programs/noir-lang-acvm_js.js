import init, { buildInfo } from '@noir-lang/acvm_js'

await init()
show(typeof buildInfo() === 'object')
