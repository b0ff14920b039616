import { load } from './load.js'

export default { title: 'Answer' }

export const Story = {
  render() {
    queueMicrotask(() => load(new URL('./answer.wasm', import.meta.url), '/shipped.wasm'))
    return '<pre id="result"></pre>'
  },
}
