/**
 * What many measurements say.
 *
 * @typedef {object} Summary
 * @property {number} median Half of them are smaller.
 * @property {number} q1 A quarter of them is smaller.
 * @property {number} q3 Three quarters of them are smaller.
 * @property {number} runs How many there are.
 */

/**
 * Summarises measurements.
 *
 * @param {number[]} values At least one.
 * @returns {Summary} Median and quartiles.
 */
export function summarise(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    q1: quantile(sorted, 0.25),
    q3: quantile(sorted, 0.75),
    runs: values.length,
  }
}

/**
 * Compares two things that were measured in turn: the ratio within each round, so that what slows the machine for a
 * while weighs on both sides.
 *
 * @param {number[]} values One of a round.
 * @param {number[]} references The other of the same round.
 * @returns {Summary} Of the ratios.
 */
export function compare(values, references) {
  return summarise(values.map((value, round) => value / /** @type {number} */ (references[round])))
}

/**
 * Measures things in turn, and every other time the other way round, A B C, C B A, B C A, A C B, and so on: everything
 * is measured as often early as late in a round, and what one leaves behind weighs on both of its neighbours.
 *
 * @template T
 * @param {number} rounds How many times each.
 * @param {string[]} names What is measured.
 * @param {(name: string, round: number) => Promise<T>} measure Measures one of them once.
 * @returns {Promise<Record<string, T[]>>} What each gave, in the order of the rounds.
 */
export async function interleave(rounds, names, measure) {
  /** @type {Record<string, T[]>} */
  const values = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    const first = Math.floor(round / 2) % names.length
    const order = [...names.slice(first), ...names.slice(0, first)]
    for (const name of round % 2 === 0 ? order : order.toReversed()) {
      values[name]?.push(await measure(name, round))
    }
  }
  return values
}

/**
 * A summary as people read it.
 *
 * @param {Summary} summary Of ratios or times.
 * @param {number} [digits] After the point.
 */
export function show({ median, q1, q3 }, digits = 2) {
  return `${median.toFixed(digits)} (${q1.toFixed(digits)}–${q3.toFixed(digits)})`
}

/**
 * Interpolates between the neighbours of a position.
 *
 * @param {number[]} sorted Smallest first.
 * @param {number} share Between 0 and 1.
 */
function quantile(sorted, share) {
  const position = (sorted.length - 1) * share
  const below = /** @type {number} */ (sorted[Math.floor(position)])
  const above = /** @type {number} */ (sorted[Math.ceil(position)])
  return below + (above - below) * (position % 1)
}
