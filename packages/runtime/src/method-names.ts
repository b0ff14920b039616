/**
 * The names that the one method of Cross-Origin Storage has had, newest first: `getFileHandle(hash, options)` in browsers
 * since autumn 2026; `requestFileHandle(hash, options)` in June 2026; `requestFileHandles([hash], options)` of the first
 * draft, which takes a list of hashes and resolves to a list of handles.
 */
export const methodNames = ['getFileHandle', 'requestFileHandle', 'requestFileHandles'] as const

/** One of {@link methodNames}. */
export type MethodName = (typeof methodNames)[number]
