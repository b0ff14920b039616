/**
 * Starts to load what is needed later. If that fails, whoever waits for it gets the error; where nobody does yet, it does
 * not end the process as an unhandled rejection, in place of the bundler's own message.
 */
export function loadAhead<T>(load: () => Promise<T>): Promise<T> {
  const loading = load()
  loading.catch(() => undefined)
  return loading
}
