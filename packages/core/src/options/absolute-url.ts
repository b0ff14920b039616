/**
 * A URL of a bundler's configuration, if it says where the output is served from, whatever the page's path is: it is
 * absolute, or begins at the root of the origin.
 */
export function absoluteUrl(url: unknown): string | undefined {
  return typeof url === 'string' && /^(https?:\/)?\//.test(url) ? url : undefined
}
