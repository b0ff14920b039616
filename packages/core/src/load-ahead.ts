/**
 * Starts to load a module that is needed later. A failure rejects the promise for the code that waits for it; while no code
 * does, it does not end the process as an unhandled rejection, in place of the bundler's own message.
 */
export function loadAhead<T>(load: () => Promise<T>): Promise<T> {
  const loading = load()
  loading.catch(() => undefined)
  return loading
}
