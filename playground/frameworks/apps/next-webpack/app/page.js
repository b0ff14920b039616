'use client'

import { useEffect } from 'react'
import { url } from './answer.wasm?cos'
import { load } from './load.js'

export default function Page() {
  useEffect(() => {
    const { rendered } = document.querySelector('#result').dataset
    if (rendered !== url) throw new Error(`The server rendered ${rendered}, the browser has ${url}.`)
    void load(new URL('./answer.wasm', import.meta.url), '/shipped.wasm')
  }, [])
  return <pre id="result" data-rendered={url} suppressHydrationWarning />
}
