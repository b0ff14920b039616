export { findListed } from './hash-list/find-listed.ts'
export { HashListError } from './hash-list/list-file.ts'
export { packHashList } from './hash-list/pack.ts'
export { readHashList } from './hash-list/read-hash-list.ts'
