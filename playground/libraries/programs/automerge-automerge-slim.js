import { next as Automerge } from '@automerge/automerge/slim'
import url from '@automerge/automerge/automerge.wasm?url'

await Automerge.initializeWasm(url)
show(
  Automerge.change(Automerge.init(), (doc) => {
    doc.answer = 42
  }).answer,
)
