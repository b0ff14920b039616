import type { HashPosition } from '../output.ts'

/**
 * Finds the content hash in the names that a bundler makes of a template, such as `assets/[name]-[hash:8][extname]`.
 *
 * @param characters What the bundler writes hashes with, as a class of a regular expression, and how many of them unless
 * the template says so: `[\w-]` and 8.
 * @returns Undefined for a template without a hash; the function returns undefined for a name that is not of it.
 */
export function hashFinder(
  template: string,
  characters: string,
  defaultLength: number,
): ((fileName: string) => HashPosition | undefined) | undefined {
  const parts = /^(.*?)\[(?:content)?hash(?::(\d+))?\](.*)$/.exec(template)
  if (parts === null) return undefined
  const [, before, length = String(defaultLength), after] = parts
  const pattern = new RegExp(`^(${literal(before!)})${characters}{${length}}${literal(after!)}$`)
  return (fileName) => {
    const start = pattern.exec(fileName)?.[1]!.length
    return start === undefined ? undefined : { start, end: start + Number(length) }
  }
}

/** A pattern for a piece of a template, whose other placeholders may stand for anything. */
function literal(text: string): string {
  return text
    .split(/\[[\w:]+\]/)
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join('.*')
}
