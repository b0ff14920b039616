import { init } from '@embedpdf/pdfium'
import url from '@embedpdf/pdfium/pdfium.wasm?url'

const pdfium = await init({ wasmBinary: await (await fetch(url)).arrayBuffer() })
pdfium.PDFiumExt_Init()
show(pdfium.FPDF_GetPageCount(pdfium.FPDF_CreateNewDocument()))
