export async function load() {
  const { instance } = await WebAssembly.instantiateStreaming(
    fetch(new URL('./answer.wasm', import.meta.url)),
  )
  return instance.exports.answer()
}
