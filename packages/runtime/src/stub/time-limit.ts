/**
 * Settles as `promise` does, or rejects with `TimeoutError` when it is late. No timer is left.
 *
 * A timer that is itself late tells that the thread was busy: then an answer may have to wait behind it, and gets the same time once
 * more.
 */
export const within = <T>(milliseconds: number, promise: T | Promise<T>): Promise<T> => {
  const start = performance.now()
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    const wait = (isLast?: boolean): void => {
      timer = setTimeout(() => {
        if (isLast || performance.now() < start + milliseconds + 50) reject('TimeoutError')
        else wait(true)
      }, milliseconds)
    }
    wait()
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
