/** Loads what the framework bundled and what lies in its public folder, and shows the two answers, 42 and 7. */
export async function load(bundled, shipped) {
  const answers = []
  for (const url of [bundled, shipped]) {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
    answers.push(instance.exports.answer())
  }
  document.querySelector('#result').textContent = answers.join(' ')
  document.documentElement.dataset.state = 'done'
}
