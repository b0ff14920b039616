import init, { abiEncode } from '@noir-lang/noirc_abi'

await init()
show(typeof abiEncode === 'function' ? 'ready' : '')
