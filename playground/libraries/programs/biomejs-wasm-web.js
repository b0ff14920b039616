import init, { Workspace } from '@biomejs/wasm-web'

await init()
show(typeof new Workspace())
