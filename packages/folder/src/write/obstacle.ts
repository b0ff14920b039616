/** Something in the folder that would no longer be right after the edits. */
export interface Obstacle {
  kind:
    | 'integrity'
    | 'revision'
    | 'compressed'
    | 'hashed-name'
    | 'hashed-folder'
    | 'hashed-query'
    | 'name-in-use'
    | 'server'
    | 'size'
    | 'not-utf8'
  /** The file that was edited. */
  file: string
  /** Where the trouble is. */
  in: string
  /** Why a file cannot get a new name (`name-in-use`), or what a server knows of it (`server`). */
  reason?: 'joined' | 'unclear' | 'unnamed' | 'name' | 'size' | 'digest'
  /** What was taken for a hash (`hashed-name`, `hashed-folder`, `hashed-query`). */
  hash?: string
  /** The flag that mends it, where there is one. */
  flag?: Flag
}

/** A flag by which the user lets a command mend an obstacle. */
export type Flag = '--update-integrity' | '--update-revisions' | '--recompress' | '--rename'

/** What other files of a build know of one that changes. */
const knowledge = {
  name: 'stands outside the folder and names',
  size: 'knows the size of',
  digest: 'stands outside the folder and carries a digest of',
}

/** Says in words what is in the way of an edit. */
export function sentenceOf({ kind, file, in: where, flag, hash, reason }: Obstacle): string {
  switch (kind) {
    case 'server':
      return `${where} ${knowledge[reason as keyof typeof knowledge]} ${file}: where a server reads it, the site would not load`
    case 'size':
      return `${where} has the size of ${file}, which changes: what checks it would refuse the file`
    case 'not-utf8':
      return `${where} has the name or a digest of ${file} and is not UTF-8, so that it would stay as it is: save it as UTF-8`
    case 'name-in-use':
      return reason === 'unnamed'
        ? `${file} has a hash of its content in its name, and nothing in the folder names it: what does would ask for the old name`
        : `${file} has a hash of its content in its name, which ${where} puts together at run time`
    case 'integrity':
      return `${where} carries the integrity of ${file}`
    case 'revision':
      return flag === undefined
        ? `${where} lists ${file} with a revision of its own making, which has to change with it: run its generator again afterwards`
        : `${where} carries a digest of ${file}, as a service worker's list does`
    case 'compressed':
      return flag === undefined
        ? `${where} is a compressed copy of ${file}, which has to be made anew by your own tool`
        : `${where} is a compressed copy of ${file}`
    case 'hashed-folder':
      return `${file} has a hash of its content in the name of its folder: ${hash}`
    case 'hashed-query':
      return `${where} asks for ${file} with a hash of its content: ${hash}`
    case 'hashed-name':
      return `${file} has a hash of its content in its name${hash === undefined ? '' : `: ${hash}`}`
  }
}
