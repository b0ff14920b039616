import initYoga from 'yoga-wasm-web'
import url from 'yoga-wasm-web/dist/yoga.wasm?url'

const yoga = await initYoga(await (await fetch(url)).arrayBuffer())
const node = yoga.Node.create()
node.setWidth(42)
node.calculateLayout(100, 100, yoga.DIRECTION_LTR)
show(node.getComputedWidth())
