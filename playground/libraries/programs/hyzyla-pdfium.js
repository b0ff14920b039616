import { PDFiumLibrary } from '@hyzyla/pdfium'
import wasmUrl from '@hyzyla/pdfium/pdfium.wasm?url'

const library = await PDFiumLibrary.init({ wasmUrl })
show(library ? 'ready' : '')
