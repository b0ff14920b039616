/**
 * Runs combinations, a few at a time, each in a frame of its own: no case can see the storage, the clock or the errors
 * of another.
 *
 * @param {import('./realm.js').Case[]} cases The combinations.
 * @returns {Promise<import('./realm.js').Outcome[]>} What came of each.
 */
export async function runCases(cases) {
  /** @type {import('./realm.js').Outcome[]} */
  const outcomes = []
  const queue = [...cases]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      outcomes.push(await runInFrame(next))
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return outcomes
}

/** @param {import('./realm.js').Case} options The combination. */
async function runInFrame(options) {
  const frame = document.createElement('iframe')
  frame.src = '/realm.html'
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  const { runCase } = /** @type {Window & { runCase: typeof import('./realm.js').runCase }} */ (
    frame.contentWindow
  )
  // What a frame's realm returns does not outlive the frame.
  const outcome = structuredClone(await runCase(options))
  frame.remove()
  return outcome
}

Object.assign(globalThis, { faults: { runCases } })
