import SevenZip from '7z-wasm'
import url from '7z-wasm/7zz.wasm?url'

const lines = []
const sevenZip = await SevenZip({ locateFile: () => url, print: (line) => lines.push(line) })
sevenZip.callMain(['i'])
show(lines.join().includes('7-Zip'))
