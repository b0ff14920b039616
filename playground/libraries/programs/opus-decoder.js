import { OpusDecoder } from 'opus-decoder'

const decoder = new OpusDecoder()
await decoder.ready
show(decoder.decodeFrame(new Uint8Array([0])).sampleRate)
