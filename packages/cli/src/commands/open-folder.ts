import { resolve } from 'node:path'
import { FolderError, finishChanges, type Folder, isUnfinished, readFolder } from '@wasm-cos/folder'
import { withProgress } from '../print/progress.ts'

/** Reads a folder; what an earlier run was killed in is ended first. */
export async function openFolder(dir: string, purpose: 'read' | 'change'): Promise<Folder> {
  // cac makes a number of a folder's name of digits.
  const path = resolve(String(dir))
  if (purpose === 'change') {
    const earlier = finishChanges(path)
    if (earlier === 'finished')
      console.error(`An earlier run was interrupted in ${dir}: its changes are complete now.`)
    if (earlier === 'outdated')
      console.error(
        `An earlier run was interrupted in ${dir}, which was built anew since: its changes were dropped.`,
      )
    if (earlier === 'dropped')
      console.error(`An earlier run was interrupted in ${dir} before it changed anything.`)
  } else if (isUnfinished(path)) {
    throw new FolderError(
      `"wasm-cos inject" or "repair" is at work in ${dir}, or was interrupted there. Run it again when none is at work: it ends what was begun.`,
    )
  }
  return withProgress((progress) => readFolder(path, progress))
}
