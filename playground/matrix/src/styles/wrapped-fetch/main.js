import { show } from './show.js'
import url from './answer-url.js'

// What wraps the global fetch in pages, each in a page of its own: `?with=sentry`.
const wrappers = {
  nothing: () => ({}),
  zone: () => import('./zone.js'),
  sentry: () => import('./sentry.js'),
  msw: () => import('./msw.js'),
  polyfill: () => import('./polyfill.js'),
}
const name = new URLSearchParams(location.search).get('with')
const { start } = await wrappers[name]()

let seen = 0
const run =
  (await start?.((watched) => (seen += String(watched).endsWith(url.split('/').at(-1))))) ??
  ((load) => load())

const { instance, more } = await run(() =>
  fetch(url)
    .then((response) => WebAssembly.instantiateStreaming(response))
    .then((result) => ({ ...result, more: globalThis.Zone?.current.name })),
)
const answer = instance.exports.answer()
show([
  answer,
  `saw ${seen}`,
  more ?? (name === 'msw' ? await (await fetch('/api/answer')).text() : 'nothing more'),
])
