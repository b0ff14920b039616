import type { BrowserContext } from 'playwright-core'

/**
 * Collects what the pages of a visitor ask of a COS host from now on: `lookup`, `read` and `write`, oldest first.
 *
 * @param url The host's.
 */
export function storageRequests(context: BrowserContext, url: string): string[] {
  const requests: string[] = []
  context.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    if (origin === url && request.method() === 'POST') requests.push(pathname.split('/')[1]!)
  })
  return requests
}
