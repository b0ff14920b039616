import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { prepareZXingModule as prepareWriter, writeBarcode } from 'zxing-wasm/writer'
import reader from 'zxing-wasm/reader/zxing_reader.wasm?url'
import writer from 'zxing-wasm/writer/zxing_writer.wasm?url'

prepareZXingModule({ overrides: { locateFile: () => reader } })
prepareWriter({ overrides: { locateFile: () => writer } })
const { image } = await writeBarcode('42', { format: 'QRCode', scale: 4 })
show((await readBarcodes(image))[0].text)
