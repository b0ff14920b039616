import type { Seen } from './visits.ts'

/** The wasm files of each application: of the bundle, in the public folder, and beside glue there. */
export const kindsOfFile = ['bundled', 'shipped', 'glued'] as const

/** What became of each of them, by what a visitor requested for whom another origin had stored them. */
export function fatesOf({ hit }: Seen['requests']): Record<(typeof kindsOfFile)[number], 'served' | 'not'> {
  const fateOf = (isIt: (path: string) => boolean) => (hit.some(isIt) ? 'not' : 'served')
  const isShipped = (path: string) => path.endsWith('/shipped.wasm')
  const isGlued = (path: string) => path.endsWith('/glued.wasm')
  return {
    bundled: fateOf((path) => !isShipped(path) && !isGlued(path)),
    shipped: fateOf(isShipped),
    glued: fateOf(isGlued),
  }
}
