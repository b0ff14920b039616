import axios from 'axios'
import url from 'draco3d/draco_decoder.wasm?url'

const { data, status } = await axios.get(url, { responseType: 'arraybuffer' })
const module = await WebAssembly.compile(data)
show([status, WebAssembly.Module.exports(module).length > 0])
