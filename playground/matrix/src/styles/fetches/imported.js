export function fetch(url) {
  return `imported ${new URL(url).pathname.endsWith('.wasm')}`
}
