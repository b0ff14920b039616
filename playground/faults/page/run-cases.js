import { runCase } from './realm.js'

/**
 * Runs combinations side by side, each in a frame of its own: no case can see the storage, the clock or the errors of
 * another. Frames without a URL cost no navigation.
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
  document.body.append(frame)
  const realm = /** @type {import('./callers.js').Realm} */ (frame.contentWindow)
  try {
    // What a frame's realm returns does not outlive the frame.
    return structuredClone(await runCase(realm, options))
  } finally {
    frame.remove()
  }
}

Object.assign(globalThis, { faults: { runCases } })
