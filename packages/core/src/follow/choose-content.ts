import { posix } from 'node:path'

/** What may be the path of a file. */
const pathLike = /[\w@~+%./-]*[\w@~+%-]\.\w+/g

/** How far a path is looked for. */
const reach = 400

/**
 * Chooses among files that had the same content, and so the same digest, where they no longer have: the copy of a page under
 * another name (`404.html`), a script that stands in two folders. The digest of what stands in the file itself comes first;
 * else it is that of the file which is named nearest in the same tag or entry of a list.
 *
 * @param carrier The file that carries the digest.
 * @param text What it holds.
 * @param place Where the digest stands in it.
 * @returns All of them where none is named.
 */
export function chooseContents<Content extends { of: string }>(
  contents: Content[],
  carrier: string,
  text: string,
  { start, end }: { start: number; end: number },
): Content[] {
  if (contents.length < 2) return contents
  const own = contents.filter(({ of }) => of === carrier)
  if (own.length > 0) return own
  const before = /[^[\]{}<>]*$/.exec(text.slice(Math.max(0, start - reach), start))![0]
  const after = /^[^[\]{}<>]*/.exec(text.slice(end, end + reach))![0]
  const paths = [
    ...Array.from(before.matchAll(pathLike), ({ 0: path, index }) => ({
      path,
      distance: before.length - index - path.length,
    })),
    ...Array.from(after.matchAll(pathLike), ({ 0: path, index }) => ({ path, distance: index })),
  ]
  for (const { path } of paths.toSorted((one, other) => one.distance - other.distance)) {
    const fromCarrier = posix.join(posix.dirname(carrier), path)
    const [named] = contents
      .filter(({ of }) => of === fromCarrier || `/${path}`.endsWith(`/${of}`))
      .toSorted((one, other) => other.of.length - one.of.length)
    if (named !== undefined) return [named]
  }
  return contents
}
