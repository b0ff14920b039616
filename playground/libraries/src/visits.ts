import { startCosHost } from '@wasm-cos/cos-host'
import { resultOf, serve } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { vi } from 'vitest'
import type { Library, Share } from './library.ts'

const wasm = /\.wasm(\.\w+)?(\?|$)/

/** What three visitors saw of a build. */
export interface Seen {
  share: Share
  /** What the page showed: without Cross-Origin Storage, on a first visit, where another origin has stored the files. */
  results: { plain: string; miss: string; hit: string }
  /** Requests for wasm: without Cross-Origin Storage, and where another origin has stored the files. */
  requests: { plain: number; hit: number }
}

/** Visits a build without Cross-Origin Storage, then twice with it, on two origins. */
export async function visitThrice(
  browser: Browser,
  outDir: string,
  { isIsolated }: Library,
  expected: Share | 'none',
): Promise<Seen> {
  const headers = () =>
    isIsolated
      ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
      : {}
  const host = await startCosHost()
  const script = await (await fetch(host.scriptUrl)).text()
  const html = (text: string) => text.replace('<head>', () => `<head>${scriptElement(script)}`)
  const sites = await Promise.all([
    serve(outDir, { headers }),
    serve(outDir, { headers, html, workers: script }),
    serve(outDir, { headers, html, workers: script }),
  ])
  const [plain, first, second] = sites
  const contexts = await Promise.all([browser.newContext(), browser.newContext()])
  const visit = async (context: (typeof contexts)[number], url: string) => {
    const page = await context.newPage()
    return resultOf(page, () => page.goto(url, { timeout: 120_000 }), 120_000)
  }
  try {
    const shown = await visit(contexts[0], plain.url)
    const missed = await visit(contexts[1], first.url)
    const files = new Set(first.requested(wasm))
    // Storing goes on in the background. Where nothing is stored, that cannot be awaited.
    const timeout = expected === 'served' ? 60_000 : 2000
    await vi.waitUntil(() => host.entries().length >= files.size, { timeout }).catch(() => undefined)
    const hit = await visit(contexts[1], second.url)
    const requests = { plain: plain.requested(wasm).length, hit: second.requested(wasm).length }
    return { share: shareOf(requests), results: { plain: shown, miss: missed, hit }, requests }
  } finally {
    await Promise.all(contexts.map((context) => context.close()))
    await Promise.all(sites.map((site) => site.close()))
    await host.close()
  }
}

function shareOf({ plain, hit }: Seen['requests']): Share {
  if (plain === 0) return 'inlined'
  if (hit === 0) return 'served'
  return hit < plain ? 'partly' : 'not'
}

/**
 * The script of the COS host for a page: workers that the page makes from text get it too, as workers with a URL of
 * their own get it from the server.
 */
function scriptElement(script: string): string {
  return `<script>${script}
{
  const { createObjectURL } = URL
  const script = ${JSON.stringify(script).replaceAll('</', String.raw`<\/`)}
  URL.createObjectURL = (blob) =>
    createObjectURL.call(URL, /javascript/.test(blob.type) ? new Blob([script, ';', blob], { type: blob.type }) : blob)
}
</script>`
}
