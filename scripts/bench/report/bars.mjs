import { element, svg, text } from './svg.mjs'

/**
 * One bar, with a line from the first to the third quartile.
 *
 * @typedef {object} Bar
 * @property {string} label What it stands for.
 * @property {import('./statistics.mjs').Summary} value How long it is.
 * @property {'ours' | 'other'} [kind] Ours stand out.
 */

const width = 760
const left = 230
const right = 110
const row = 22

/**
 * Draws groups of horizontal bars; each group has a scale of its own.
 *
 * @param {string} title Above all.
 * @param {{ title: string, bars: Bar[] }[]} groups From top to bottom.
 * @param {{ unit: string, digits?: number }} scale What the lengths mean.
 * @returns {string} An SVG document.
 */
export function drawBars(title, groups, { unit, digits = 0 }) {
  const parts = [text(16, 26, title, { class: 'title' })]
  let y = 44
  for (const group of groups) {
    const longest = Math.max(...group.bars.map(({ value }) => value.q3))
    /** @param {number} value In the unit. */
    const x = (value) => left + (value / longest) * (width - left - right)
    parts.push(text(16, y + 14, group.title, { class: 'group' }))
    y += row
    for (const { label, value, kind = 'other' } of group.bars) {
      const middle = y + row / 2
      parts.push(
        text(left - 8, middle + 4, label, { 'text-anchor': 'end' }),
        element('rect', { class: kind, x: left, y: y + 4, width: x(value.median) - left, height: row - 8 }),
        element('path', { class: 'spread', d: `M${x(value.q1)} ${middle}H${x(value.q3)}` }),
        text(x(value.q3) + 6, middle + 4, `${value.median.toFixed(digits)} ${unit}`),
      )
      y += row
    }
    y += 12
  }
  return svg(width, y, parts)
}
