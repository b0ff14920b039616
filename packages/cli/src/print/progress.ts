import { clearLine, cursorTo } from 'node:readline'
import type { Progress } from '@wasm-cos/folder'

/** A line on the terminal that is written over; nothing where standard error is not one. */
function startProgress(): { show: Progress; end: () => void } {
  const stream = process.stderr
  if (!stream.isTTY) return { show: () => {}, end: () => {} }
  const clear = (): void => {
    cursorTo(stream, 0)
    clearLine(stream, 0)
  }
  return {
    show(text) {
      clear()
      stream.write(text.slice(0, (stream.columns || 80) - 1))
    },
    end: clear,
  }
}

/** Does something long, and clears the line when it is over. */
export async function withProgress<Result>(work: (progress: Progress) => Promise<Result>): Promise<Result> {
  const { show, end } = startProgress()
  try {
    return await work(show)
  } finally {
    end()
  }
}
