import { numberOf, stringOf } from '../syntax/literals.ts'
import type { Origins } from '../output.ts'
import type { Node } from '../syntax/parse.ts'
import { contains, inside, type Span } from '../syntax/span.ts'
import type { EmbeddedHash } from './embedded-hash.ts'
import { digitsOf, type Literals } from './literals.ts'

/** A row of a stub's table, with the function of the stub. */
export interface StubRow {
  hash: EmbeddedHash
  stub: Span
}

/**
 * Finds the rows of wasm-cos stubs, lists of `[file, size, hash, origins?]`: each stub is made by a function that keeps it
 * as a property of itself, and names its lock. Minifiers change names, but not that of the lock, and move the table
 * about within what is kept. The application's own lists stand outside of that.
 */
export function findStubRows(literals: Literals): StubRow[] {
  const rows = literals.keepers
    .filter(({ kept }) => literals.locks.some((at) => contains(kept, at)))
    .flatMap(({ keeper, kept }) =>
      literals.lists
        .filter(({ start }) => contains(kept, start))
        .flatMap(
          ({ elements }) =>
            hashOfRow(
              elements.filter((element) => element !== null),
              keeper,
              literals,
            ) ?? [],
        )
        .map((hash) => ({ hash, stub: keeper })),
    )
  return innermost(rows)
}

/**
 * A stub may stand in a function that keeps something as well, and that is no stub: each row, told by where its size stands, is that
 * of the smallest function around it.
 */
function innermost(rows: StubRow[]): StubRow[] {
  const length = ({ start, end }: Span) => end - start
  const largestFirst = rows.toSorted(({ stub: one }, { stub: other }) => length(other) - length(one))
  return [...new Map(largestFirst.map((row) => [row.hash.row!.sizeSpan.start, row])).values()]
}

function hashOfRow(
  [file, size, hash, origins]: Node[],
  { start, end }: Span,
  literals: Literals,
): EmbeddedHash | undefined {
  const digits = hash === undefined ? undefined : digitsOf(hash, literals)
  const fileName = file === undefined ? undefined : stringOf(file)
  const bytes = size === undefined ? undefined : numberOf(size)
  if (digits === undefined || fileName === undefined || bytes === undefined) return undefined
  return {
    by: 'wasm-cos',
    value: stringOf(digits)!,
    spans: [inside(digits)],
    row: {
      fileName,
      size: bytes,
      sizeSpan: { start: size!.start, end: size!.end },
      origins: originsOf(origins),
      stub: { start, end },
    },
    namesNear: [],
  }
}

function originsOf(node: Node | undefined): Origins {
  if (node === undefined) return []
  if (node.type !== 'ArrayExpression') return '*'
  return node.elements.flatMap((element) => (element === null ? [] : (stringOf(element) ?? [])))
}
