export type { CrossOriginStorageManager, GetFileHandleOptions, WasmHash } from './api.ts'
export { observe, type CosObserver } from './observe.ts'
export type { CosDetail, CosEvent } from './timing.ts'
