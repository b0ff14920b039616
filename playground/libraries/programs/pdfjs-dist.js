import * as pdfjs from 'pdfjs-dist'

pdfjs.GlobalWorkerOptions.workerSrc = new URL(
  'pdfjs-dist/build/pdf.worker.min.mjs',
  import.meta.url,
).toString()

// A page that shows an image in JPEG 2000, of which there are the first bytes: enough for the decoder to be loaded.
const image = '\xff\x4f\xff\x51\x00\x29'.padEnd(45, '\x00')
const objects = [
  '<</Type/Catalog/Pages 2 0 R>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>',
  '<</Length 24>>stream\nq 50 0 0 50 0 0 cm /I Do Q\nendstream',
  '<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8' +
    `/Filter/JPXDecode/Length ${image.length}>>stream\n${image}\nendstream`,
]
let text = '%PDF-1.7\n'
const offsets = objects.map((object, index) => {
  const offset = text.length
  text += `${index + 1} 0 obj\n${object}\nendobj\n`
  return `${String(offset).padStart(10, '0')} 00000 n \n`
})
text += `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`
const data = Uint8Array.from(text, (character) => character.charCodeAt(0))

const file = await pdfjs.getDocument({ data, wasmUrl: new URL('wasm/', location.href).href }).promise
const page = await file.getPage(1)
const canvas = document.createElement('canvas')
await page.render({ canvas, viewport: page.getViewport({ scale: 1 }) }).promise
show(file.numPages)
