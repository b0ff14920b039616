import init, { LoroDoc } from 'loro-crdt/web'

await init()
const doc = new LoroDoc()
doc.getMap('map').set('answer', 42)
show(doc.toJSON().map.answer)
