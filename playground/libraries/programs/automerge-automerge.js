import * as Automerge from '@automerge/automerge'

show(
  Automerge.change(Automerge.init(), (doc) => {
    doc.answer = 42
  }).answer,
)
