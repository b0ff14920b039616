import { element, svg, text } from './svg.mjs'

/**
 * One line.
 *
 * @typedef {object} Line
 * @property {string} label At its end.
 * @property {'ours' | 'other'} kind Ours stand out.
 * @property {{ x: number, value: import('./statistics.mjs').Summary }[]} points From left to right.
 */

const width = 760
const height = 360
const [left, right, top, bottom] = [70, 190, 50, 50]

/**
 * Draws lines over two logarithmic axes.
 *
 * @param {string} title Above all.
 * @param {Line[]} lines With points at the same places.
 * @param {{ x: string, y: string }} names Of the axes.
 * @returns {string} An SVG document.
 */
export function drawLines(title, lines, names) {
  const points = lines.flatMap((line) => line.points)
  const xs = [...new Set(points.map(({ x }) => x))]
  const x = logarithmic(xs, left, width - right)
  const y = logarithmic(
    points.flatMap(({ value }) => [value.q1, value.q3]),
    height - bottom,
    top,
  )
  const parts = [
    text(16, 26, title, { class: 'title' }),
    text(left, height - 12, names.x),
    text(16, top - 6, names.y),
    element('path', { class: 'axis', d: `M${left} ${top}V${height - bottom}H${width - right}` }),
    ...xs.map((value) => text(x(value), height - bottom + 18, String(value), { 'text-anchor': 'middle' })),
    ...decades(points.map(({ value }) => value.median)).flatMap((value) => [
      element('path', { class: 'grid', d: `M${left} ${y(value)}H${width - right}` }),
      text(left - 8, y(value) + 4, String(value), { 'text-anchor': 'end' }),
    ]),
  ]
  for (const { label, kind, points } of lines) {
    const last = /** @type {Line['points'][number]} */ (points.at(-1))
    parts.push(
      element('polyline', {
        class: `line ${kind}`,
        points: points.map((point) => `${x(point.x)},${y(point.value.median)}`).join(' '),
      }),
      ...points.map((point) =>
        element('path', { class: 'spread', d: `M${x(point.x)} ${y(point.value.q1)}V${y(point.value.q3)}` }),
      ),
      text(x(last.x) + 8, y(last.value.median) + 4, label),
    )
  }
  return svg(width, height, parts)
}

/**
 * A scale on which equal ratios are equally long.
 *
 * @param {number[]} values What it has to hold.
 * @param {number} from Where the smallest stands.
 * @param {number} to Where the largest stands.
 * @returns {(value: number) => number} Where a value stands.
 */
function logarithmic(values, from, to) {
  const least = Math.log(Math.min(...values))
  const most = Math.log(Math.max(...values))
  return (value) => from + ((Math.log(value) - least) / (most - least)) * (to - from)
}

/**
 * The powers of ten between values.
 *
 * @param {number[]} values All above zero.
 */
function decades(values) {
  const first = Math.ceil(Math.log10(Math.min(...values)))
  const last = Math.floor(Math.log10(Math.max(...values)))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index))
}
