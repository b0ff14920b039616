import { init, run } from 'clingo-wasm'

await init(new URL('clingo/clingo.wasm', location.href).href)
show((await run('a.')).Call[0].Witnesses[0].Value.join())
