/** The events of service workers, and how these take over pages. */
const words =
  /\baddEventListener\(\s*["'`](?:install|fetch)["'`]|\bskipWaiting\(\)|\bclients\.claim\(\)|\bself\.onfetch\s*=/

/**
 * Whether code may be that of a service worker, as far as its words tell. A page that has one's text, or a script that is both,
 * registers it.
 */
export function mayBeServiceWorker(code: string): boolean {
  return words.test(code) && !/\bserviceWorker\b/.test(code)
}
