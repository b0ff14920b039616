import type { GlobalReference } from '../scan/global-reference.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/** What a scan has found, for tests that compare two ways: of a node only what it is and where it stands counts. */
export function comparable({ comparands, fetchReferences, xhrReferences, ...script }: ScannedScript): object {
  return {
    ...script,
    comparands: comparands.map(({ functions, ...one }) => ({ ...one, around: functions.length })),
    fetchReferences: fetchReferences.map(withoutTrees),
    xhrReferences: xhrReferences.map(withoutTrees),
  }
}

function withoutTrees({ functionBody, functions, ...reference }: GlobalReference): object {
  return {
    ...reference,
    nodes: [functionBody, ...functions].map((node) => node && [node.type, node.start, node.end]),
  }
}
