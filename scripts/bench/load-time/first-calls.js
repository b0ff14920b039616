/**
 * What glue of Emscripten takes: it asks for an instance and goes on with what it receives.
 *
 * @typedef {{ instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object }} Glue
 */

/** Starts each library and calls it once; glue sets the global that each begins with. */
export const firstCalls = {
  /** @param {Glue} glue Its options. */
  async 'sql.js'(glue) {
    // @ts-expect-error -- what sql-wasm.js declares
    const { Database } = await initSqlJs(glue)
    new Database().exec('SELECT 1')
  },
  /** @param {Glue} glue Its options. */
  async 'canvaskit-wasm'(glue) {
    // Its glue asks for no instance but fetches: it gets nothing from the browser's memory, and then the instance.
    WebAssembly.instantiateStreaming = async (_, imports = {}) =>
      new Promise((resolve) =>
        glue.instantiateWasm(imports, (instance, module) => resolve({ instance, module })),
      )
    const locateFile = () => URL.createObjectURL(new Blob())
    // @ts-expect-error -- what canvaskit.js declares
    const canvasKit = await CanvasKitInit({ locateFile })
    new canvasKit.Paint().delete()
  },
  /** @param {Glue} glue Its options. */
  async '@ffmpeg/core'(glue) {
    // @ts-expect-error -- what ffmpeg-core.js declares
    const core = await createFFmpegCore(glue)
    core.setLogger(() => {})
    core.exec('-version')
  },
}
