/**
 * Settles as `promise` does, or rejects with `TimeoutError` when it is late. No timer is left.
 *
 * The time is waited for in parts: while the thread is busy, an answer may have to wait behind the timer. It is taken before the
 * next part is over, so that what the page does meanwhile makes nothing late by itself.
 */
export const within = <T>(milliseconds: number, promise: T | Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout>
  let parts = 4
  const late = new Promise<never>((_, reject) => {
    const wait = (): void => {
      if (parts--) timer = setTimeout(wait, milliseconds / 4)
      else reject('TimeoutError')
    }
    wait()
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
