/** Any function, a class included. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- Only printed, never called.
type Printable = Function

/**
 * Makes functions print as native code, in the way in which this browser prints its own, under their own names.
 *
 * For tests of code that tells a browser's API from a script's by its text: `Function.prototype.toString` is replaced on
 * the page, and prints itself as native too. Another realm's `toString` still shows the source.
 */
export function disguise(functions: Printable[]): void {
  const original = Function.prototype.toString
  const { toString } = {
    toString(this: unknown): string {
      return disguised.has(this)
        ? original.call(URL).replace('URL', (this as Printable).name)
        : Reflect.apply(original, this, [])
    },
  }
  const disguised = new Set<unknown>([...functions, toString])
  // oxlint-disable-next-line no-extend-native -- This is the disguise.
  Object.defineProperty(Function.prototype, 'toString', { value: toString })
}
