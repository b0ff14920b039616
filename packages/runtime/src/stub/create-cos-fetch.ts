import type { CrossOriginStorageManager } from '../api.ts'
import { answer } from './answer.ts'
import { fileAt, type Places } from './places.ts'
import { awaits, canBeReadAgain, isGet, isPlain, isStill } from './request.ts'
import { sendIntact } from './send-intact.ts'
import type { StubFile, Trust } from './table.ts'

/** `true` in the variant of the stub that enforces the hash on the network path too; set by the build. */
declare const INTEGRITY: boolean
/** `true` in tests, which want to see what a page does not: an error that the stub did not expect; set by the build. */
declare const RETHROWS: boolean

type Fetch = typeof fetch

/**
 * Makes what gives an instrumented script its `fetch`. Where there is no Cross-Origin Storage that is the real one, so that nothing
 * of the stub is there when the page calls it. Else it is a function that answers requests for the script's files from Cross-Origin
 * Storage where it has them, and from the network, with a copy stored afterwards, where it has not. Every other request goes to
 * the real `fetch` as it came; in the variant with `integrity`, past {@link sendIntact}. It is for strict code, where a function
 * that is not called on anything has no `this`.
 *
 * @param files What the script answers for.
 * @param places Where these files are.
 * @param trust Which hits need no check of their bytes.
 * @param lookupTimeout Milliseconds after which the network starts without an answer from the storage.
 * @returns A function without arguments, or with what takes the place of the global `fetch`.
 */
export const createCosFetch =
  (
    files: readonly StubFile[],
    places: Places,
    trust: Trust,
    lookupTimeout: number,
  ): ((own?: Fetch) => Fetch) =>
  (own) => {
    /** The real `fetch`: what the page would have called without the stub. A page may have taken it away. */
    const real = own || fetch
    let manager: CrossOriginStorageManager | undefined
    // A navigator may throw, and in Node there need be none.
    try {
      manager = navigator.crossOriginStorage
    } catch {}
    const send: Fetch = INTEGRITY && real ? (...args) => sendIntact(args, real, files, places) : real
    if (!real || (!manager && send == real)) return real

    return function (input, init) {
      const options = init || {}
      const args = arguments as unknown as Parameters<Fetch>

      // What throws in here is the page's: a request that cannot be parsed, anything in Node.
      try {
        if (manager && canBeReadAgain(options.headers) && isGet(input, options)) {
          const request = new Request(input, init)
          const row = fileAt(request.url, files, places)
          if (row && awaits(request, row[2]) && isPlain(request)) {
            const values = Object.values(options)
            const fromNetwork = (): Promise<Response> =>
              isStill(request, input, options, values) ? send(...args) : send(request)
            return answer(row, request, send, fromNetwork, manager, trust, lookupTimeout)
          }
        }
      } catch (error) {
        if (RETHROWS) throw error
      }
      return send(...args)
    }
  }
