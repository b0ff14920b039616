/**
 * Loads what the framework bundled, what lies in its public folder, and what glue in that folder loads, and shows the three
 * answers: 42, 7 and 5.
 */
export async function load(bundled, shipped) {
  const answers = []
  for (const url of [bundled, shipped]) {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
    answers.push(instance.exports.answer())
  }
  await runScript('/vendor/glue.js')
  const { instance } = await globalThis.glued
  answers.push(instance.exports.answer())
  document.querySelector('#result').textContent = answers.join(' ')
  document.documentElement.dataset.state = 'done'
}

function runScript(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject })
    document.head.append(script)
  })
}
