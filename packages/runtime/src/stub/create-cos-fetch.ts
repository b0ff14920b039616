import { answer } from './answer.ts'
import { bytesOf, integrityOf } from './integrity.ts'
import { fileAt, type Places } from './places.ts'
import { canBeReadAgain, isForWhole, isGet } from './request.ts'
import type { StubFile, Trust } from './table.ts'

declare const INTEGRITY: boolean
declare const RETHROWS: boolean

type Fetch = typeof fetch

/**
 * Makes the `fetch` of an instrumented script: requests for its files are answered from Cross-Origin Storage where it
 * has them, and from the network, with a copy stored afterwards, where it has not. Every other request, and every
 * request in a browser without Cross-Origin Storage, goes to the real `fetch` as it came. It is for strict code, where
 * a function that is not called on anything has no `this`.
 *
 * @param files What the script answers for.
 * @param places Where these files are.
 * @param trust Which hits need no check of their bytes.
 * @param lookupTimeout Milliseconds after which the network starts without an answer from the storage.
 * @returns A function like `fetch`; if it is called on a function, that one takes the place of the global `fetch`.
 */
export const createCosFetch = (
  files: readonly StubFile[],
  places: Places,
  trust: Trust,
  lookupTimeout: number,
): ((this: Fetch | void, ...args: Parameters<Fetch>) => Promise<Response>) =>
  function (input, init) {
    const options = init || {}
    let args: unknown = arguments
    /** Calls the real `fetch`, as it is on the global object now. */
    const load = (request?: Request): Promise<Response> =>
      (this || fetch)(...((request ? [request] : args) as Parameters<Fetch>))

    // What throws in here is the page's: a request that cannot be parsed, a navigator that throws, anything in Node.
    try {
      const manager = INTEGRITY ? storageIfAny()! : navigator.crossOriginStorage!
      if ((INTEGRITY || (manager && canBeReadAgain(options.headers))) && isGet(input, options)) {
        const request = new Request(input, options)
        // Its headers cannot be read once more.
        if (INTEGRITY && !canBeReadAgain(options.headers)) args = [request]
        const row = fileAt(request.url, files, places)
        if (row) {
          const integrity = integrityOf(bytesOf(row[2].value))
          if (isForWhole(request, integrity))
            return answer(row, integrity, request, load, manager, trust, lookupTimeout)
        }
      }
    } catch (error) {
      if (RETHROWS) throw error
    }
    return load()
  }

/** The storage; with integrity, requests are enforced where the navigator throws too. */
const storageIfAny = (): Navigator['crossOriginStorage'] => {
  try {
    return navigator.crossOriginStorage
  } catch {
    return undefined
  }
}
