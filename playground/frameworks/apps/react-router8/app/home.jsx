import { useEffect } from 'react'
import { load } from './load.js'

export default function Home() {
  useEffect(() => void load(new URL('./answer.wasm', import.meta.url), '/shipped.wasm'), [])
  return <pre id="result" suppressHydrationWarning />
}
