import type { ScannedScript } from '../scan/scan.ts'

/** What a scan has found, for tests that compare two ways: of a node only what it is and where it stands counts. */
export function comparable({ fetchReferences, ...script }: ScannedScript): object {
  return {
    ...script,
    fetchReferences: fetchReferences.map(({ functionBody, functions, ...reference }) => ({
      ...reference,
      nodes: [functionBody, ...functions].map((node) => node && [node.type, node.start, node.end]),
    })),
  }
}
