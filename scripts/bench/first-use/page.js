/**
 * Uses once what the stub takes from the platform on a hit, in the order in which it does.
 *
 * @returns {Promise<Record<string, number>>} Milliseconds by what was used.
 */
async function useAll() {
  /** @type {Record<string, number>} */
  const times = {}
  /** @type {<T>(name: string, use: () => T) => T} */
  const time = (name, use) => {
    const start = performance.now()
    const used = use()
    times[name] = performance.now() - start
    return used
  }
  const request = time('a Request', () => new Request('/module.wasm'))
  time('its headers', () => [...request.headers])
  time('a URL', () => new URL('/module.wasm', location.href).pathname)
  time('a timer', () => clearTimeout(setTimeout(() => {}, 1000)))
  const marker = time('the Cache API, asked', () => caches.match('https://wasm-cos.invalid/?'))
  time('the service worker', () => Object(navigator.serviceWorker).controller)
  time('a Response', () => new Response('', { headers: { 'Content-Type': 'application/wasm' } }))
  time('an entry of User Timing', () => performance.measure('entry', { start: 0, detail: { file: '' } }))
  await marker
  return times
}

Object.assign(globalThis, { bench: { useAll } })
