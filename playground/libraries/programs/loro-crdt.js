import { LoroDoc } from 'loro-crdt'

const doc = new LoroDoc()
doc.getMap('map').set('answer', 42)
show(doc.toJSON().map.answer)
