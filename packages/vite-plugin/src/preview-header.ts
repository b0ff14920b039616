import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ResolvedOptions, storageHeader } from '@wasm-cos/core/setup'
import type { PreviewServer } from 'vite'

/**
 * Makes `vite preview` send the header that pages need which store files for a list of origins. A list that a function
 * makes is known from the manifest of the build, where that is written.
 */
export function sendStorageHeader(
  { config, middlewares }: PreviewServer,
  { originsOf, manifest }: ResolvedOptions,
): void {
  const headers =
    headersOf(originsOf) ?? readHeaders(manifest && join(config.root, config.build.outDir, manifest))
  if (headers === undefined) return
  middlewares.use((_, response, next) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    next()
  })
}

/** The header for a list that holds for every file. */
function headersOf(originsOf: ResolvedOptions['originsOf']): Record<string, string> | undefined {
  if (originsOf.length > 0) return undefined
  const origins = (originsOf as () => ReturnType<typeof originsOf>)()
  const header = origins === 'auto' ? undefined : storageHeader([origins])
  return header && { [header.name]: header.value }
}

function readHeaders(path: string | undefined): Record<string, string> | undefined {
  if (path === undefined) return undefined
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { headers?: Record<string, string> }).headers
  } catch {
    return undefined
  }
}
