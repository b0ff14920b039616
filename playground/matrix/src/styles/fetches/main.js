import { early, inFunction } from './hoisted.js'
import { fetch as imported } from './imported.js'

const url = new URL('./answer.wasm', import.meta.url).href
const cases = {}

/** Loads the wasm in the way of a case and compiles it; what is no response is returned as it is. */
async function load(response) {
  const answered = await response
  if (!(answered instanceof Response)) return answered
  const { instance } = await WebAssembly.instantiate(await answered.arrayBuffer())
  return instance.exports.answer()
}

cases.plain = () => fetch(url)
cases.window = () => window.fetch(url)
cases.quoted = () => globalThis['fetch'](url)
cases.request = () => fetch(new Request(url))
cases.urlObject = () => fetch(new URL(url))
cases.call = () => fetch.call(undefined, url)
cases.apply = () => fetch.apply(window, [url])
cases.bound = () => fetch.bind(window)(url)
cases.shorthand = () => ({ fetch }).fetch.call(window, url)
cases.passed = () => [url].map((url) => ((load) => load(url))(fetch))[0]
cases.optional = () => window.fetch?.(url)

cases.parameter = () => ((fetch) => fetch(url))((url) => `parameter ${url.endsWith('.wasm')}`)
cases.let = () => {
  let fetch = () => 'let'
  return fetch(url)
}
cases.imported = () => imported(url)
cases.moduleLevel = () => early
cases.hoisted = () => inFunction()

cases.post = () => fetch(url, { method: 'POST' }).then(({ status }) => status)
cases.noStore = () => fetch(url, { cache: 'no-store' })
cases.reload = () => fetch(url, { cache: 'reload' })
cases.elsewhere = () =>
  fetch(new URL(url).pathname.replace(/^/, new URLSearchParams(location.search).get('elsewhere')))

cases.typeof = () => typeof fetch
cases.comparison = () => fetch === window.fetch

window.run = (name) => load(cases[name]())
document.querySelector('#result').textContent = Object.keys(cases).join()
document.documentElement.dataset.state = 'done'
