import type { Origins } from '../output.ts'

/** The `origins` option for one file. */
export type OriginsOption = 'auto' | '*' | readonly string[]

/** Replaces `'auto'` by what it stands for, once it is known whether the file is a public dependency's, byte for byte. */
export function resolveOrigins(option: OriginsOption, isOfPublicPackage: boolean): Origins {
  if (option !== 'auto') return option
  return isOfPublicPackage ? '*' : []
}
