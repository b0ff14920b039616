/** A URL of a bundler's configuration, if it is absolute: where the output is served from, whatever the page is. */
export function absoluteUrl(url: unknown): string | undefined {
  return typeof url === 'string' && /^(https?:)?\/\//.test(url) ? url : undefined
}
