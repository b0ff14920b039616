import { createRNNWasmModule } from '@jitsi/rnnoise-wasm'
import url from '@jitsi/rnnoise-wasm/dist/rnnoise.wasm?url'

const module = await createRNNWasmModule({ locateFile: () => url })
show(module._rnnoise_create() > 0 ? 'ready' : '')
