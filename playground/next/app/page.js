'use client'

import { useEffect, useState } from 'react'

/** Unmodified sql.js, as people use it with Next.js. */
async function query() {
  const { default: initSqlJs } = await import('sql.js')
  const url = new URL('sql.js/dist/sql-wasm-browser.wasm', import.meta.url).href
  const SQL = await initSqlJs({ locateFile: () => url })
  return String(new SQL.Database().exec('select 6 * 7')[0].values[0][0])
}

export default function Page() {
  const [answer, setAnswer] = useState('')
  useEffect(() => void query().then(setAnswer, (error) => setAnswer(String(error))), [])
  useEffect(() => {
    if (answer !== '') document.documentElement.dataset.state = answer === '42' ? 'done' : 'failed'
  }, [answer])
  return <p id="result">{answer}</p>
}
