/** Where a file name carries what looks like a hash of its content; undefined if it does not. */
export function hashPositionOf(fileName: string): { start: number; end: number } | undefined {
  const baseStart = fileName.lastIndexOf('/') + 1
  const stem = fileName.slice(baseStart).replace(/(\.(min|module|bundle|chunk))*\.\w+$/, '')
  const hash = hashAtEnd(stem)
  return hash === undefined
    ? undefined
    : { start: baseStart + stem.length - hash.length, end: baseStart + stem.length }
}

/** `main-CXIAVl5-` (Vite, Rollup), `main.3f0c9a…` (webpack), `main-ABCD2345` (esbuild, Angular), `3f0c9a…` (Next.js). */
function hashAtEnd(stem: string): string | undefined {
  const hex = /(?:^|[.\-_~])([0-9a-f]{8,64})$/.exec(stem)?.[1]
  if (hex !== undefined && /\d/.test(hex)) return hex
  const letters = /(?:^|[.\-_])([\w-]{8})$/.exec(stem)?.[1]
  return letters !== undefined && looksRandom(letters) ? letters : undefined
}

/** Words have no digits among their letters and no capitals in odd places. */
function looksRandom(letters: string): boolean {
  if (/^\d+$/.test(letters)) return false
  if (/^[A-Z2-7]{8}$/.test(letters)) return true
  return (
    /[A-Za-z][\w-]*\d|\d[\w-]*[A-Za-z]/.test(letters) ||
    /[a-z][\w-]*[A-Z]{2}|[A-Z]{2}[\w-]*[a-z]/.test(letters)
  )
}

/** The base name that a file had before its build put a content hash into it. */
export function plainNameOf(fileName: string): string {
  const hash = hashPositionOf(fileName)
  const name =
    hash === undefined
      ? fileName
      : fileName.slice(0, hash.start).replace(/[.\-_~]$/, '') + fileName.slice(hash.end)
  return name.slice(name.lastIndexOf('/') + 1)
}
