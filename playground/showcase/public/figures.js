const number = new Intl.NumberFormat('en')

/**
 * A size for people.
 *
 * @param {number} bytes The size.
 */
export function kilobytes(bytes) {
  return `${number.format(Math.round(bytes / 1000))} kB`
}

/**
 * Shows the sums over all builds.
 *
 * @param {import('./card.js').Card[]} cards The builds.
 */
export function showFigures(cards) {
  const files = cards.flatMap((card) => card.files())
  const hits = files.filter((file) => file.outcome === 'hit')
  const downloaded = files.reduce((sum, file) => sum + file.bytes, 0)
  const spared = files
    .filter((file) => file.outcome === 'hit' || file.outcome === 'cached')
    .reduce((sum, file) => sum + file.size, 0)
  write('downloaded', kilobytes(downloaded))
  write('hits', `${hits.length} of ${cards.length}`)
  write('spared', kilobytes(spared))
}

/**
 * Writes a figure.
 *
 * @param {string} id The element.
 * @param {string} text The figure.
 */
function write(id, text) {
  const element = document.getElementById(id)
  if (element !== null) element.textContent = text
}
