import { getDomain } from 'tldts'

/**
 * The site of an origin, as HTML defines it: scheme and registrable domain, whatever the port. A host without a
 * registrable domain (`localhost`, an IP address, a public suffix) is a site by itself. `localhost` counts as a
 * public suffix, as in browsers: `a.localhost` and `b.localhost` are two sites.
 *
 * @returns `undefined` for an opaque origin, which has no site.
 */
export function siteOf(origin: string): string | undefined {
  if (origin === 'null') return undefined
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${getDomain(hostname, { allowPrivateDomains: true }) ?? hostname}`
}
