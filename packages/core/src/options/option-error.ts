import { inspect } from 'node:util'

/** A bad option: names the option, the value and the fix. */
export class OptionError extends Error {
  override name = 'OptionError'

  constructor(option: string, value: unknown, fix: string) {
    super(
      `wasm-cos: option \`${option}\` is ${inspect(value, { depth: 1, breakLength: Infinity, maxArrayLength: 6 })}: ${fix}.`,
    )
  }
}
