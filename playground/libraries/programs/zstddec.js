import { ZSTDDecoder } from 'zstddec'

const decoder = new ZSTDDecoder()
await decoder.init()
show('ready')
