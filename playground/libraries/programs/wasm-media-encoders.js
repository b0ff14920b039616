import { createEncoder } from 'wasm-media-encoders'
import url from 'wasm-media-encoders/wasm/mp3?url'

show((await createEncoder('audio/mpeg', new URL(url, location.href).href)).mimeType)
