/** Where a file name carries what looks like a hash of its content; undefined if it does not. */
export function hashPositionOf(fileName: string): { start: number; end: number } | undefined {
  const baseStart = fileName.lastIndexOf('/') + 1
  const stem = fileName.slice(baseStart).replace(/(\.(min|module|bundle|chunk|lean))*\.\w+$/, '')
  const hash = hashAtEnd(stem)
  return hash === undefined
    ? undefined
    : { start: baseStart + stem.length - hash.length, end: baseStart + stem.length }
}

/** What ends with a separator and a hash of hexadecimal digits. */
const hexAtEnd = /(?:^|[.\-_~])([0-9a-f]{8,64})$/
/** The last nine characters of what ends with a hash of eight, and the last fourteen of what ends with one of Turbopack's. */
const eightAtEnd = /^[.\-_~]?([\w-]{8})$/
const thirteenAtEnd = /^[.\-_~]?([0-3][0-9a-z_-]{12})$/

/**
 * `main-CXIAVl5-` (Vite, Rollup), `main.3f0c9a…` (webpack), `main-ABCD2345` (esbuild, Angular), `0cz1d0mv5g_q7` (Next.js).
 */
function hashAtEnd(stem: string): string | undefined {
  const hex = hexAtEnd.exec(stem.slice(-65))?.[1]
  // Digits alone are a date.
  if (hex !== undefined && /\d/.test(hex) && (/[a-f]/.test(hex) || hex.length > 14)) return hex
  const endings = [eightAtEnd.exec(stem.slice(-9)), thirteenAtEnd.exec(stem.slice(-14))]
  const found = endings.map((ending) => ending?.[1]).find((hash) => hash !== undefined && looksRandom(hash))
  // What is a name by itself may be that of a library: argon2id, lz4_wasm, z3-built.
  return found?.length === 8 && found === stem && found === found.toLowerCase() ? undefined : found
}

/** Words have digits at their ends only and no capitals in odd places. */
function looksRandom(letters: string): boolean {
  if (/^[A-Z2-7]{8}$/.test(letters)) return !/^\d+$/.test(letters)
  return (
    /[A-Za-z].*\d.*[A-Za-z]|\d.*[A-Za-z].*\d/.test(letters) || /[a-z].*[A-Z]{2}|[A-Z]{2}.*[a-z]/.test(letters)
  )
}

/** The base name that a file had before its build put a content hash into it. */
export function nameWithoutHash(fileName: string): string {
  const hash = hashPositionOf(fileName)
  const name =
    hash === undefined
      ? fileName
      : fileName.slice(0, hash.start).replace(/[.\-_~]$/, '') + fileName.slice(hash.end)
  return name.slice(name.lastIndexOf('/') + 1)
}
