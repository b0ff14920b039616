/**
 * A way to load wasm.
 *
 * @typedef {object} Case
 * @property {string} label What the page calls it.
 * @property {'plain' | 'body' | 'stub' | 'emscripten'} loader Who loads.
 * @property {boolean} hasCos Whether the browser has Cross-Origin Storage.
 * @property {boolean} [isMiss] Whether it is empty.
 * @property {boolean} [isCached] Whether the HTTP cache has the file.
 * @property {boolean} [verify] Whether the stub checks hits.
 */

/** @type {Record<string, Case>} */
export const cases = {
  plain: { label: 'plain page', loader: 'plain', hasCos: false },
  body: { label: 'plain page, body in another Response', loader: 'body', hasCos: false },
  withoutCos: { label: 'stub, browser without COS', loader: 'stub', hasCos: false },
  miss: { label: 'stub, miss', loader: 'stub', hasCos: true, isMiss: true },
  emscriptenMiss: { label: "Emscripten's way, miss", loader: 'emscripten', hasCos: true, isMiss: true },
  httpCache: { label: 'plain page, warm HTTP cache', loader: 'plain', hasCos: false, isCached: true },
  hit: { label: 'stub, verified hit', loader: 'stub', hasCos: true, verify: true },
  emscriptenHit: { label: "Emscripten's way, hit", loader: 'emscripten', hasCos: true },
  trustedHit: { label: 'stub, trusted hit', loader: 'stub', hasCos: true, verify: false },
}

/** What is held against what: at most so many times as long, if that matters; some on one network only, or for some sizes. */
/** @type {{ of: string, to: string, most?: number, network?: string, from?: number, upTo?: number }[]} */
export const targets = [
  { of: 'body', to: 'plain' },
  { of: 'withoutCos', to: 'plain', most: 1.01 },
  { of: 'miss', to: 'plain', most: 1.02 },
  { of: 'miss', to: 'emscriptenMiss', most: 1 },
  { of: 'trustedHit', to: 'emscriptenHit', most: 1 },
  { of: 'hit', to: 'emscriptenHit', most: 1.35, upTo: 8e6 },
  { of: 'hit', to: 'httpCache', most: 1.1 },
  { of: 'hit', to: 'plain', most: 0.1, network: '100', from: 7e6 },
]
