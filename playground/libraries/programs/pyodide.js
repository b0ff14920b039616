import { loadPyodide } from 'pyodide'

const pyodide = await loadPyodide({ indexURL: new URL('pyodide/', location.href).href })
show(pyodide.runPython('6 * 7'))
