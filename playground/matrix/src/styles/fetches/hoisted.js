// A module-level function and a hoisted variable, each called fetch, in modules of their own.
export const early = fetch('x')

function fetch(url) {
  return `hoisted ${url}`
}

export function inFunction() {
  fetch = (url) => `assigned ${url}`
  if (early) {
    var fetch
  }
  return fetch('y')
}
