const style = `
  text { font: 12px system-ui, sans-serif; fill: #57606a }
  .title { font-size: 15px; font-weight: 600; fill: #24292f }
  .group { font-weight: 600; fill: #24292f }
  .other { fill: #b6bdc6; stroke: #b6bdc6 }
  .ours { fill: #654ff0; stroke: #654ff0 }
  .spread { stroke: #24292f; stroke-width: 1.5 }
  .axis { stroke: #57606a; fill: none }
  .grid { stroke: #d8dee4 }
  .line { fill: none; stroke-width: 2 }`

/**
 * A document on white, readable in light and dark pages.
 *
 * @param {number} width In pixels.
 * @param {number} height In pixels.
 * @param {string[]} parts Its elements.
 */
export function svg(width, height, parts) {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}">`,
    `<style>${style}\n</style>`,
    element('rect', { width, height, rx: 8, fill: '#fff' }),
    ...parts,
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

/**
 * An element without content.
 *
 * @param {string} name Its name.
 * @param {Record<string, string | number>} attributes Numbers are rounded to a tenth.
 */
export function element(name, attributes) {
  return `<${name} ${write(attributes)}/>`
}

/**
 * A line of text.
 *
 * @param {number} x Where it begins, unless `text-anchor` says otherwise.
 * @param {number} y Its base line.
 * @param {string} content What it says.
 * @param {Record<string, string | number>} [attributes] More.
 */
export function text(x, y, content, attributes = {}) {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text ${write({ x, y, ...attributes })}>${escaped}</text>`
}

/** @param {Record<string, string | number>} attributes To write. */
function write(attributes) {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${typeof value === 'number' ? Math.round(value * 10) / 10 : value}"`)
    .join(' ')
}
