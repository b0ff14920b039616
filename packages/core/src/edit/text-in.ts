import type { Host } from '../host.ts'
import { decode } from './decode.ts'

/** The text of a file; empty where the host has none of that name, or no UTF-8 in it. */
export function textIn({ contentOf }: Pick<Host, 'contentOf'>, fileName: string): string {
  return decode(contentOf(fileName) ?? '') ?? ''
}
