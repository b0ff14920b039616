import mediaInfoFactory from 'mediainfo.js'
import url from 'mediainfo.js/MediaInfoModule.wasm?url'

const mediainfo = await mediaInfoFactory({ format: 'object', locateFile: () => url })
const { media } = await mediainfo.analyzeData(3, () => new Uint8Array(3))
show(media.track[0].FileSize)
