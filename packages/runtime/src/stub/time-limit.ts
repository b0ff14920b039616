/**
 * Settles as `promise` does, or rejects with `TimeoutError` when it is late. No timer is left.
 *
 * A timer that is itself late by more than 20 ms tells that the thread was busy: then an answer may have to wait behind it, and gets
 * 200 ms more.
 */
export const within = <T>(milliseconds: number, promise: T | Promise<T>): Promise<T> => {
  const due = performance.now() + milliseconds + 20
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    const end = (): void => reject('TimeoutError')
    timer = setTimeout(() => {
      if (performance.now() < due) end()
      else timer = setTimeout(end, 200)
    }, milliseconds)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
