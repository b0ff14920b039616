/** Hands events to those who wait for them, in order. */
export interface EventQueue<T> {
  put: (event: T) => void
  next: () => Promise<T>
}

export function eventQueue<T>(): EventQueue<T> {
  const events: T[] = []
  const waiting: ((event: T) => void)[] = []
  return {
    put(event) {
      const taker = waiting.shift()
      if (taker === undefined) events.push(event)
      else taker(event)
    },
    next: () =>
      new Promise((resolve) => {
        if (events.length > 0) resolve(events.shift()!)
        else waiting.push(resolve)
      }),
  }
}
