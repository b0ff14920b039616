import type { StubFile } from './table.ts'

/**
 * A URL that shows where the output stands, and the path in the output of what is there: the script itself
 * (`['https://page.example/app/assets/index.js', 'assets/index.js']`), or with an empty path the folder of the output.
 */
export type Anchor = readonly [url: string, path: string]

/** A URL by which the build's text names a file of the table. */
export type NamedUrl = readonly [url: string, file: string]

/** How a build tells its stub where its files are. */
export type Places = readonly [
  /** The script's own URL before the build's public URL: the first on an origin is believed. */
  anchors: readonly Anchor[],
  urls: readonly NamedUrl[],
  /** The files whose names carry a hash of their content: wherever that name stands, it is that file. */
  hashed: readonly string[],
]

/**
 * Finds the file that a server would send for a URL.
 *
 * A file stands below the roots that the anchors show, and where the build's text names it. What has a plain name has
 * one place on each origin. Only a name that carries a hash may decide by itself, on the page's or the script's own
 * origin, where nobody knows a place.
 */
export const fileAt = (
  url: string,
  files: readonly StubFile[],
  [anchors, urls, hashed]: Places,
): StubFile | undefined => {
  const place = plainUrlOf(url)
  const isOnOrigin = (other: string): boolean => originOf(other) == originOf(place)

  return files.find(([file]) => {
    // Most requests are for something else.
    if (!place.endsWith('/' + file.split('/').pop())) return false
    const places = [
      ...anchors
        .map(rootOf)
        .filter((root) => root)
        .map((root) => root + file),
      ...urls.filter(([, named]) => named == file).map(([named]) => plainUrlOf(named)),
    ]
    if (!hashed.includes(file)) return places.find(isOnOrigin) == place
    return places[0]
      ? places.includes(place)
      : [location.origin, ...anchors.map(([anchor]) => anchor)].map(plainUrlOf).some(isOnOrigin)
  })
}

/** The URL of the output's folder: the anchor's less its path, if it does end with that. */
export const rootOf = ([url, path]: Anchor): string | false => {
  const place = plainUrlOf(url)
  return place.endsWith('/' + path) && place.slice(0, place.length - path.length)
}

/** A URL without query and fragment, unescaped: one for all the ways to write it. An escaped slash is no slash. */
export const plainUrlOf = (url: string): string => {
  const { origin, pathname } = new URL(url, base())
  return origin + decodeURIComponent(pathname.replace(/%2f/gi, '%252F'))
}

/**
 * What paths are resolved against: the page's origin. Documents without an address of their own (`srcdoc`, `about:blank`) have none,
 * but the base of the page that has made them; opaque workers have neither.
 */
const base = (): string =>
  location.origin.replace(/^null/, typeof document == 'object' ? document.baseURI : 'x:/')

/** The origin of a plain URL. */
const originOf = (place: string): string => place.split('/', 3).join()
