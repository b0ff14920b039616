import { RuntimeLoader } from '@rive-app/canvas'
import url from '@rive-app/canvas/rive.wasm?url'

RuntimeLoader.setWasmUrl(url)
const runtime = await RuntimeLoader.awaitInstance()
show(runtime.Alignment ? 'ready' : '')
