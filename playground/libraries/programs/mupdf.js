import * as mupdf from 'mupdf'

show(new mupdf.PDFDocument().countPages())
