// webpack makes its own of the package's import() of a URL; the documentation's import of pyodide.mjs by URL is left alone.
const { loadPyodide } = await import(
  /* webpackIgnore: true */ new URL('pyodide/pyodide.mjs', location.href).href
)
const pyodide = await loadPyodide()
show(pyodide.runPython('6 * 7'))
