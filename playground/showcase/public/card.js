import { kilobytes } from './figures.js'

/** @import { WasmFile } from '@wasm-cos/app/watch-wasm' */

/**
 * @typedef {object} Card
 * @property {HTMLElement} element What is on the page.
 * @property {() => WasmFile[]} files What the build has said about its wasm since it was last opened.
 * @property {() => void} reset Back to waiting.
 * @property {(query?: string) => Promise<void>} open Opens the build, with what stands behind its URL; settles once it has shown
 * its answer and stored its wasm.
 */

/** How long a build may take before the next one is opened. */
const patience = 20_000

/**
 * Makes the card of one build.
 *
 * @param {{ name: string, url: string }} build What to show.
 * @param {() => void} onChange Called when the build has said something new.
 * @returns {Card} The card.
 */
export function createCard({ name, url }, onChange) {
  const element = fromTemplate()
  const frame = part(element, HTMLIFrameElement)
  const link = part(element, HTMLAnchorElement)
  const button = part(element, HTMLButtonElement)
  const heading = part(element, HTMLHeadingElement)
  const status = part(element, HTMLParagraphElement)
  /** @type {WasmFile[]} */
  let files = []

  heading.textContent = name
  link.textContent = new URL(url).host
  link.href = url
  frame.title = name
  button.addEventListener('click', () => void card.open())

  /**
   * @param {string} state `waiting`, `loading`, `failed` or how the wasm came.
   * @param {string} text What to tell people.
   */
  const show = (state, text) => {
    element.dataset.state = state
    status.textContent = text
    onChange()
  }

  const card = {
    element,
    files: () => files,
    reset() {
      files = []
      frame.removeAttribute('src')
      show('waiting', 'Waiting')
    },
    async open(query = '') {
      files = []
      show('loading', 'Loading')
      const settled = new Promise((resolve) => {
        const timer = setTimeout(resolve, patience, 'late')
        /** @param {MessageEvent} event What the build says. */
        const listen = ({ source, data }) => {
          if (source !== frame.contentWindow || data.type !== 'wasm-cos-app') return
          files = data.files
          show(...summaryOf(data))
          if (data.state !== 'failed' && !(data.state === 'done' && files.every(isSettled))) return
          removeEventListener('message', listen)
          clearTimeout(timer)
          resolve('told')
        }
        addEventListener('message', listen)
      })
      frame.src = url + query
      if ((await settled) === 'late') show('failed', 'No answer')
    },
  }
  return card
}

/**
 * What a card says about a build.
 *
 * @param {{ state: string, files: WasmFile[] }} told What the build has told.
 * @returns {[state: string, text: string]} For `show`.
 */
function summaryOf({ state, files }) {
  if (state === 'failed') return ['failed', 'Failed']
  if (state === 'loading') return ['loading', 'Loading']
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const time = `${Math.round(Math.max(...files.map((file) => file.milliseconds)))} ms`
  const outcomes = new Set(files.map((file) => file.outcome))
  if (outcomes.size === 1 && outcomes.has('hit')) return ['hit', `Hit · 0 kB · ${time}`]
  if (outcomes.size === 1 && outcomes.has('cached')) return ['cached', `Own download · 0 kB · ${time}`]
  return ['miss', `Downloaded · ${kilobytes(bytes)} · ${time}`]
}

/**
 * Whether nothing more is to be expected about a file: one that was missing gets stored.
 *
 * @param {WasmFile} file What is known.
 */
function isSettled({ outcome, stored, reason }) {
  return outcome !== 'miss' || stored || reason !== undefined
}

/** A copy of the page's template. */
function fromTemplate() {
  const template = document.getElementById('build')
  if (!(template instanceof HTMLTemplateElement)) throw new Error('The page has no <template id="build">.')
  const copy = template.content.firstElementChild?.cloneNode(true)
  if (!(copy instanceof HTMLElement)) throw new Error('The template is empty.')
  return copy
}

/**
 * The first descendant of a type.
 *
 * @template {HTMLElement} T
 * @param {HTMLElement} element Where to look.
 * @param {new () => T} type What to look for.
 * @returns {T} The descendant.
 */
function part(element, type) {
  for (const found of element.querySelectorAll('*')) if (found instanceof type) return found
  throw new Error(`The template has no ${type.name}.`)
}
