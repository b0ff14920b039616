// Plain JavaScript, because benchmarks run it on Node 20, which does not read TypeScript.

/**
 * What the scripts of a page can still reach.
 *
 * @typedef {object} Held
 * @property {number} objects Buffers, blobs, streams, requests, responses and their signals.
 * @property {number} bytes Of the buffers and blobs.
 * @property {number} timers Timeouts that have not come, of a page with {@link countTimers}.
 */

/** A script for a page to begin with: it counts timeouts. */
export const countTimers = `{
  const { setTimeout, clearTimeout } = globalThis
  const timers = (globalThis.pendingTimers = new Set())
  globalThis.setTimeout = (callback, ...args) => {
    const timer = setTimeout((...given) => {
      timers.delete(timer)
      callback(...given)
    }, ...args)
    timers.add(timer)
    return timer
  }
  globalThis.clearTimeout = (timer) => {
    timers.delete(timer)
    clearTimeout(timer)
  }
}`

const classes = ['AbortSignal', 'ArrayBuffer', 'Blob', 'ReadableStream', 'Request', 'Response']

/**
 * Tells what a page holds. Chromium collects garbage before it answers.
 *
 * @param {import('playwright-core').Page} page Of Chromium.
 * @returns {Promise<Held>} The sums.
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-queryObjects
 */
export async function heldIn(page) {
  const session = await page.context().newCDPSession(page)
  const held = { objects: 0, bytes: 0 }
  for (const name of classes) {
    const { result: prototype } = await session.send('Runtime.evaluate', { expression: `${name}.prototype` })
    const { objects } = await session.send('Runtime.queryObjects', {
      prototypeObjectId: /** @type {string} */ (prototype.objectId),
    })
    const { result } = await session.send('Runtime.callFunctionOn', {
      objectId: /** @type {string} */ (objects.objectId),
      functionDeclaration: `function () {
        const sizes = this.flatMap((one) => {
          try {
            return one.byteLength ?? one.size ?? 0
          } catch {
            // The prototype of a class below it.
            return []
          }
        })
        return { objects: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
      }`,
      returnByValue: true,
    })
    held.objects += result.value.objects
    held.bytes += result.value.bytes
  }
  await session.detach()
  const timers = await page.evaluate(() => Reflect.get(globalThis, 'pendingTimers')?.size ?? 0)
  return { ...held, timers }
}
