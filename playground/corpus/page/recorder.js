// The first script of each page: notes what a bundle does that others can see. `window.finish` gives it to the test.
{
  const log = []
  const before = new Set(Object.getOwnPropertyNames(window))
  const text = (value) => {
    try {
      return value instanceof Error ? `${value.name}: ${value.message}` : String(value)
    } catch {
      return typeof value
    }
  }
  for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
    console[level] = (...values) => log.push(`${level} ${values.map(text).join(' ')}`)
  }
  addEventListener('error', ({ message }) => log.push(`error ${message}`))
  addEventListener('unhandledrejection', ({ reason }) => log.push(`rejection ${text(reason)}`))

  // A browser with Cross-Origin Storage in which nothing is stored, nor can be: the edit asks it, and nobody else does.
  if (location.pathname.startsWith('/edited/')) {
    const requestFileHandle = async () => {
      throw new DOMException('Nothing is stored here.', 'NotFoundError')
    }
    Object.defineProperty(navigator, 'crossOriginStorage', { value: { requestFileHandle } })
  }

  /** The shape of a value: types and names, two levels deep. Getters are not run. */
  const shapeOf = (value, depth = 2) => {
    const type = value === null ? 'null' : typeof value
    if (type === 'function' && depth < 2) return `function ${value.length}`
    if ((type !== 'object' && type !== 'function') || depth === 0 || value === window) return type
    const properties = Object.entries(Object.getOwnPropertyDescriptors(value))
      .filter(([, { enumerable }]) => enumerable)
      .slice(0, 500)
    return Object.fromEntries(
      properties.map(([key, property]) => [
        key,
        'value' in property ? shapeOf(property.value, depth - 1) : 'accessor',
      ]),
    )
  }

  const resultOf = async (run) => {
    try {
      return text(await run())
    } catch (error) {
      return `throws ${text(error)}`
    }
  }

  // What runs with each frame has run once: how much time has passed until then is another thing each time.
  const secondFrame = () =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

  window.finish = async (use) => {
    const drawn = secondFrame()
    const used =
      use &&
      (await resultOf(() => new Function('exports', `return (async () => {${use}})()`)(window.bundleExports)))
    const loaded = await resultOf(async () => (await window.loadCorpusWasm()).instance.exports.answer())
    await drawn
    const names = Object.getOwnPropertyNames(window).filter(
      (name) => !before.has(name) && !/^cosFetch_|^(finish|bundleExports)$/.test(name),
    )
    const globals = Object.fromEntries(
      names.toSorted().map((name) => [name, shapeOf(Object.getOwnPropertyDescriptor(window, name)?.value)]),
    )
    return {
      log,
      used,
      loaded,
      globals,
      exports: window.bundleExports && shapeOf(window.bundleExports),
      fetch: [typeof fetch, /native code/.test(String(fetch)), fetch.length],
    }
  }
}
