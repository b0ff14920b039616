import { compare, interleave, summarise } from '../report/statistics.mjs'
import { cases, targets } from './cases.mjs'
import { pathOf } from './pages.mjs'

/** @typedef {import('../report/statistics.mjs').Summary} Summary */
/** @typedef {import('../modules.mjs').WasmModule} WasmModule */
/** @typedef {Awaited<ReturnType<typeof import('../browser/visitor.mjs').startVisitor>>} Visitor */

/**
 * Milliseconds until a module was compiled, and until its first call was over.
 *
 * @typedef {{ compiled: number, called: number | null }} Run
 */

/**
 * How one module loads.
 *
 * @typedef {object} ModuleResult
 * @property {string} name Of the package.
 * @property {number} size In bytes.
 * @property {Record<string, { compiled: Summary, called: Summary | undefined, runs: Run[] }>} times By case, milliseconds.
 * @property {{ of: string, to: string, most?: number, compiled: Summary, called: Summary | undefined }[]} ratios With their targets.
 */

/**
 * Loads a module in every way, in turn.
 *
 * @param {Visitor} visitor Whose browser it is.
 * @param {WasmModule} module Which.
 * @param {number} rounds How many times each.
 * @param {string} network Its name.
 * @returns {Promise<ModuleResult>} Times and ratios.
 */
export async function measureModule(visitor, module, rounds, network) {
  const { name, fileName: file, bytes, hash } = module
  const caseNames = Object.keys(cases)
  await visitor.visit(pathOf(module, true, ''), (page) =>
    page.evaluate((file) => /** @type {any} */ (globalThis).bench.put(file), { file, hash }),
  )

  /** @type {(caseName: string, shelf: string) => Promise<Run>} */
  const visit = (caseName, emptyShelf) => {
    const { loader, hasCos, isMiss = false, isCached = false, verify = true } = caseOf(caseName)
    const folder = isCached ? '/cached/' : '/'
    const task = {
      module: name,
      file,
      size: bytes.length,
      hash,
      loader,
      folder,
      verify,
      stores: isMiss,
    }
    return visitor.visit(pathOf(module, hasCos, isMiss ? emptyShelf : ''), (page) =>
      page.evaluate((task) => /** @type {any} */ (globalThis).bench.measure(task), task),
    )
  }

  // Fills the HTTP cache and the disk's, and does not count.
  for (const caseName of caseNames) await visit(caseName, `first-${caseName}-`)
  const runs = await interleave(rounds, caseNames, (caseName, round) =>
    visit(caseName, `${round}-${caseName}-`),
  )
  return {
    name,
    size: bytes.length,
    times: Object.fromEntries(Object.entries(runs).map(([caseName, runs]) => [caseName, timesOf(runs)])),
    ratios: targets
      .filter(({ network: only = network, from = 0, upTo = Infinity }) => {
        return only === network && from <= bytes.length && bytes.length <= upTo
      })
      .map(({ of, to, most }) => ({
        of,
        to,
        ...(most !== undefined && { most }),
        ...ratiosOf(runs[of] ?? [], runs[to] ?? []),
      })),
  }
}

/** @param {Run[]} runs Of one case. */
function timesOf(runs) {
  const called = calls(runs)
  return {
    compiled: summarise(runs.map(({ compiled }) => compiled)),
    called: called && summarise(called),
    runs,
  }
}

/** @type {(runs: Run[], references: Run[]) => { compiled: Summary, called: Summary | undefined }} */
function ratiosOf(runs, references) {
  const [called, reference] = [calls(runs), calls(references)]
  return {
    compiled: compare(
      runs.map(({ compiled }) => compiled),
      references.map(({ compiled }) => compiled),
    ),
    called: called && reference && compare(called, reference),
  }
}

/** @type {(runs: Run[]) => number[] | undefined} Where the module is called at all. */
function calls(runs) {
  const times = runs.flatMap(({ called }) => called ?? [])
  return times.length === 0 ? undefined : times
}

/** @param {string} name A key of `cases`. */
function caseOf(name) {
  const found = cases[name]
  if (found === undefined) throw new Error(`There is no case ${name}`)
  return found
}
