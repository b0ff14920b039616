import { query } from './coffee-shop.js'

const number = new Intl.NumberFormat('en')
const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })

/** What the page says about each way in which a wasm file can come. */
const outcomes = {
  hit: { headline: 'From Cross-Origin Storage', badge: 'hit' },
  cached: { headline: 'From its own download', badge: 'cached' },
  miss: { headline: 'Downloaded', badge: 'miss' },
  plain: { headline: 'Downloaded', badge: 'no COS' },
  error: { headline: 'Downloaded', badge: 'error' },
}

/**
 * Builds an element.
 *
 * @param {string} tag Its name, with classes: `p.note`.
 * @param {...(Node | string)} children What it holds.
 */
function element(tag, ...children) {
  const [name = 'div', ...classes] = tag.split('.')
  const made = document.createElement(name)
  made.classList.add(...classes)
  made.append(...children)
  return made
}

/**
 * Shows the page before anything is known.
 *
 * @param {string} bundler What built it.
 */
export function showPage(bundler) {
  document.title = `Coffee shop · ${bundler}`
  document.documentElement.dataset.embedded = String(window.parent !== window)
  const wasm = element('section.wasm', element('p.waiting', 'Loading SQLite…'))
  wasm.id = 'wasm'
  wasm.setAttribute('aria-live', 'polite')
  const answer = element('section.answer', element('pre', query))
  answer.id = 'answer'
  const title = element('h1', 'Coffee shop')
  document.body.append(
    element('header', title, element('p', `Built by ${bundler} · ${location.host}`)),
    element('main', wasm, answer),
  )
}

/**
 * Shows how each wasm file came.
 *
 * @param {import('./watch-wasm.js').WasmFile[]} files What is known.
 */
export function showWasm(files) {
  document.querySelector('#wasm')?.replaceChildren(
    ...files.map((file) => {
      const { headline, badge } = outcomes[file.outcome]
      const card = element(
        'article',
        element('p.headline', element('strong', headline), element(`span.badge`, badge)),
        element(
          'dl',
          fact('From network', `${number.format(Math.round(file.bytes / 1000))} kB`),
          fact('Time', `${number.format(Math.round(file.milliseconds))} ms`),
          fact('Stored', isThere(file) ? 'already' : file.stored ? 'now' : 'no'),
        ),
        element('p.file', file.reason === undefined ? file.name : `${file.name} · ${file.reason}`),
      )
      card.dataset.outcome = file.outcome
      card.dataset.bytes = String(file.bytes)
      return card
    }),
  )
}

/**
 * Whether this visitor had a file before.
 *
 * @param {import('./watch-wasm.js').WasmFile} file What is known.
 */
function isThere({ outcome }) {
  return outcome === 'hit' || outcome === 'cached'
}

/**
 * A term and its value.
 *
 * @param {string} term What it is.
 * @param {string} value How much.
 */
function fact(term, value) {
  return element('div', element('dt', term), element('dd', value))
}

/**
 * Shows the query's answer.
 *
 * @param {import('./coffee-shop.js').Orders} orders The answer.
 */
export function showOrders({ drinks, total }) {
  const most = Math.max(...drinks.map((drink) => drink.euros))
  const rows = drinks.map((drink) => {
    const row = element(
      'tr',
      element('th', drink.name),
      element('td', number.format(drink.orders)),
      element('td', number.format(drink.cups)),
      element('td', euros.format(drink.euros)),
    )
    row.style.setProperty('--share', String(drink.euros / most))
    return row
  })
  const head = element('tr', ...['Drink', 'Orders', 'Cups', 'Revenue'].map((name) => element('th', name)))
  const table = element(
    'table',
    element('caption', `Top ${drinks.length} of ${number.format(total)} orders`),
    element('thead', head),
    element('tbody', ...rows),
  )
  table.id = 'result'
  document.querySelector('#answer')?.append(table)
}

/**
 * Shows that the page could not do its work.
 *
 * @param {unknown} error Why.
 */
export function showFailure(error) {
  const message = element('p.failure', String(error))
  message.id = 'result'
  document.querySelector('#answer')?.append(message)
}
