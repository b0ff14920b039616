import { Archive } from 'libarchive.js'

Archive.init({ workerUrl: './libarchive/worker-bundle.js' })
// A tar archive with one empty file.
const header = new Uint8Array(1536)
new TextEncoder().encodeInto('hello.txt', header)
new TextEncoder().encodeInto(
  '0000644\0' + '0000000\0'.repeat(2) + '00000000000\0'.repeat(2),
  header.subarray(100),
)
header.set(new TextEncoder().encode('        0'), 148)
const sum = header.reduce((a, b) => a + b)
new TextEncoder().encodeInto(`${sum.toString(8).padStart(6, '0')}\0 `, header.subarray(148))
const archive = await Archive.open(new File([header], 'a.tar'))
show(Object.keys(await archive.getFilesObject()).join())
