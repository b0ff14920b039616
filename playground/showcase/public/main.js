import { createCard } from './card.js'
import { showFigures } from './figures.js'

/** @type {{ builds: { name: string, url: string }[], entries: string }} */
const settings = JSON.parse(byId('settings').textContent)
const cards = settings.builds.map((build) => createCard(build, () => showFigures(cards)))

byId('builds').append(...cards.map((card) => card.element))
byId('reload').addEventListener('click', () => open())
byId('clear').addEventListener('click', async () => {
  await fetch(settings.entries, { method: 'DELETE' })
  await open('?forget')
})
await open()

/**
 * Opens the builds one after another: who comes first downloads, and the others find what it stored.
 *
 * @param {string} [query] What stands behind the URL of each: `?forget` for a site that has never been visited.
 */
async function open(query) {
  for (const button of document.querySelectorAll('button')) button.disabled = true
  for (const card of cards) card.reset()
  for (const card of cards) await card.open(query)
  for (const button of document.querySelectorAll('button')) button.disabled = false
}

/**
 * An element that the page's HTML has.
 *
 * @param {string} id Its id.
 */
function byId(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no #${id}.`)
  return found
}
