import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Folder, readTexts } from '../read.ts'
import type { TextsOnDisk } from '../read/texts-on-disk.ts'
import { carryOut, everything, planRewrite, type Rewrite } from '../write.ts'
import type { Obstacle } from '../write/obstacle.ts'
import { leftForObstacle, leftForWrite } from './left-in-words.ts'
import type { WrittenFolder } from './written-folder.ts'

/**
 * Makes the edits that break nothing else.
 *
 * @param edits New texts by name, by the script or page that is edited.
 * @returns Why the others are not made, by the name of the script or page.
 */
export async function carryOutEdits(
  { emitted, folder: path }: WrittenFolder,
  fileNames: string[],
  edits: Map<string, Map<string, string>>,
  onDisk: TextsOnDisk,
): Promise<Map<string, string>> {
  const left = new Map<string, string>()
  if (edits.size === 0) return left
  const folder = { path, fileNames, wasm: [], staleCopies: [], ...readTexts(path, fileNames, onDisk) }
  for (;;) {
    const remaining = [...edits].filter(([name]) => !left.has(name))
    const all = new Map(remaining.flatMap(([, own]) => [...own]))
    const rewrite = await planRewrite(folder, all, everything)
    const [obstacle] = obstaclesOf(rewrite, emitted)
    if (obstacle === undefined) {
      const writtenAnew = [...rewrite.changes.writes.keys()].find((name) => !isAsRead(name, folder))
      if (writtenAnew !== undefined) {
        for (const [name] of remaining) left.set(name, leftForWrite(name, writtenAnew, path))
        return left
      }
      carryOut(folder, rewrite)
      onDisk.forget(rewrite.changes.writes.keys())
      return left
    }
    const causes = new Map<string, Obstacle>()
    for (const [name, own] of remaining) {
      const [cause] = obstaclesOf(await planRewrite(folder, own, everything), emitted)
      if (cause !== undefined) causes.set(name, cause)
    }
    // Where each edit can be made alone, but not all together.
    if (causes.size === 0) for (const [name] of remaining) causes.set(name, obstacle)
    for (const [name, cause] of causes) left.set(name, leftForObstacle(name, cause, path))
  }
}

/** Whether a file still is as it was read: another build may write to the same folder. */
function isAsRead(name: string, { path, texts }: Pick<Folder, 'path' | 'texts'>): boolean {
  const text = texts.get(name)
  if (text === undefined) return true
  const onDisk = join(path, name)
  return existsSync(onDisk) && Buffer.from(text).equals(readFileSync(onDisk))
}

/** What stands in the way of a rewrite; the names of the bundler's own files do not change any more. */
function obstaclesOf({ obstacles, renamed }: Rewrite, emitted: ReadonlySet<string>): Obstacle[] {
  const renamedByBundler = [...renamed.keys()].filter((name) => emitted.has(name))
  return [
    ...renamedByBundler.map((name): Obstacle => ({ kind: 'hashed-name', file: name, in: name })),
    ...obstacles,
  ]
}
