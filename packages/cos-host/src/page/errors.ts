/** An error by its name, as the platform would throw it. */
export function toError(name: string, message: string): Error {
  return name === 'TypeError' ? new TypeError(message) : new DOMException(message, name)
}

/** An instance of the newer `QuotaExceededError` class; where the browser lacks it, the exception that it replaces. */
export function toQuotaExceededError(message: string): Error {
  const { QuotaExceededError } = globalThis as {
    QuotaExceededError?: new (message: string, options: { quota: number; requested: number }) => Error
  }
  return QuotaExceededError === undefined
    ? new DOMException(message, 'QuotaExceededError')
    : new QuotaExceededError(message, { quota: 0, requested: 1 })
}
