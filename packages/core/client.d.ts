/** What an explicit import of a wasm file gives: `import init, { wasmHash } from './module.wasm?cos'`. */
declare module '*.wasm?cos' {
  /** Loads and instantiates the module, from Cross-Origin Storage where the visitor has it. */
  const init: (imports?: WebAssembly.Imports) => Promise<WebAssembly.Instance>
  export default init

  /** The same, with the compiled module, which further instances can be made of. */
  export const instantiate: (
    imports?: WebAssembly.Imports,
  ) => Promise<WebAssembly.WebAssemblyInstantiatedSource>

  /** Loads and compiles the module; it can be posted to workers. */
  export const compile: () => Promise<WebAssembly.Module>

  /** Hash of the file that ships, as `navigator.crossOriginStorage.getFileHandle()` takes it. */
  export const wasmHash: {
    readonly algorithm: 'SHA-256'
    /** 64 lowercase hexadecimal digits. */
    readonly value: string
  }

  /** URL of the file that ships. */
  export const url: string
}
