import init, { transformSync } from '@swc/wasm-web'

await init()
show(transformSync('42 as number', { jsc: { parser: { syntax: 'typescript' } } }).code.trim())
