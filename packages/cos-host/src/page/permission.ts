/**
 * Whether this global may use the storage: not if it was told so, an opaque origin never, and a service worker neither,
 * because no page owns it whose Permissions Policy could say so.
 *
 * @see https://wicg.github.io/cross-origin-storage/#permissions-policy-integration
 */
export function isPermitted(denied: boolean): boolean {
  const isServiceWorker = 'ServiceWorkerGlobalScope' in globalThis
  return !denied && !isServiceWorker && globalThis.origin !== 'null'
}
