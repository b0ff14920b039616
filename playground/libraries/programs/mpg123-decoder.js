import { MPEGDecoder } from 'mpg123-decoder'

const decoder = new MPEGDecoder()
await decoder.ready
show(decoder.decode(new Uint8Array(4)).samplesDecoded)
