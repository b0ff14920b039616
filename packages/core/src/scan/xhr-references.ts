import type { GlobalReference } from './global-reference.ts'

/**
 * Chooses the places that may load wasm through `XMLHttpRequest` among those that construct one. What asks for bytes
 * sets `responseType`, here or in a function that it hands the request to; synchronous requests can't wait.
 *
 * @param constructions The places that construct the global's.
 * @param fetches The places that read the global `fetch`.
 */
export function findByteRequests(
  code: string,
  constructions: GlobalReference[],
  fetches: GlobalReference[],
): GlobalReference[] {
  if (!code.includes('responseType')) return []
  return constructions.filter((one) => {
    const text = textAround(one, code)
    const isInPlaceOfFetch =
      isEmscriptensReader(text) && fetches.some(({ functions }) => functions[0] === one.functions[0])
    return !isSynchronous(text) && !isInPlaceOfFetch
  })
}

/** The function that a place stands in. */
function textAround({ functions }: GlobalReference, code: string): string {
  const { start, end } = functions.at(-1) ?? { start: 0, end: code.length }
  return code.slice(start, end)
}

/** Whether a text opens requests, and all of them as `open(method, url, false)`. */
function isSynchronous(text: string): boolean {
  const all = text.match(/\.open\(/g) ?? []
  const synchronous = text.match(/\.open\((?:[^()]|\([^()]*\))*,\s*(?:false|!1)\s*[,)]/g) ?? []
  return all.length > 0 && all.length === synchronous.length
}

/**
 * Whether a text is the function by which Emscripten's glue reads a file: of `file:` URLs, or where there is no `fetch`. It
 * takes the status of a `file:` URL for success.
 */
function isEmscriptensReader(text: string): boolean {
  return /(?:\b200\s*===?\s*[\w$]+\.status|\.status\s*===?\s*200)\s*\|\|\s*\(?\s*(?:0\s*===?\s*[\w$]+\.status|[\w$]+\.status\s*===?\s*0)\s*&&\s*[\w$]+\.response\b/.test(
    text,
  )
}
