import { findBlocks } from './blocks.ts'
import type { Span } from './span.ts'
import { isAnyIn } from './word-positions.ts'

/**
 * Blanks the blocks of a script in which nothing stands that matters, so that no syntax tree is made of them: empty, they
 * are valid still, and all else keeps its position. Scripts of libraries are large, and a tree takes most of a build's time.
 *
 * @param positions Where something stands that matters, in order.
 * @returns The text as it is where its blocks can't be told without a tree.
 */
export function outlineOf(code: string, positions: readonly number[]): string {
  const blank: Span[] = []
  for (const block of findBlocks(code) ?? []) {
    if (isAnyIn(positions, block)) continue
    // What is in it was found before it.
    while (blank.length > 0 && blank.at(-1)!.start > block.start) blank.pop()
    blank.push(block)
  }
  let outline = ''
  let position = 0
  for (const { start, end } of blank) {
    outline += code.slice(position, start) + ' '.repeat(end - start)
    position = end
  }
  return outline + code.slice(position)
}
