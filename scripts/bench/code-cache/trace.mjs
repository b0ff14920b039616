/** Where V8 and Chromium tell what becomes of compiled wasm. */
const categories = [
  'v8',
  'v8.wasm',
  'devtools.timeline',
  'disabled-by-default-v8.wasm.detailed',
  'disabled-by-default-v8.wasm.turbofan',
]

/**
 * Counts the events about wasm while something happens.
 *
 * @param {import('playwright-core').Browser} browser Which is traced.
 * @param {() => Promise<unknown>} work What happens.
 * @returns {Promise<Record<string, number>>} How many of each name.
 */
export async function traceWasm(browser, work) {
  const session = await browser.newBrowserCDPSession()
  /** @type {Record<string, number>} */
  const counts = {}
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { name } of /** @type {{ name?: string }[]} */ (/** @type {unknown} */ (value))) {
      if (name !== undefined && /wasm/i.test(name)) counts[name] = (counts[name] ?? 0) + 1
    }
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, recordMode: 'recordUntilFull' },
  })
  await work()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  await session.detach()
  return counts
}
