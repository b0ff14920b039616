import { LuaFactory } from 'wasmoon'
import url from 'wasmoon/dist/glue.wasm?url'

const lua = await new LuaFactory(url).createEngine()
show(await lua.doString('return 6 * 7'))
