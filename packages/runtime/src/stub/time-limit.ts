/** Settles as `promise` does, or rejects with `TimeoutError` when it is late. No timer is left. */
export const within = <T>(milliseconds: number, promise: T | Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, milliseconds, 'TimeoutError')
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
