/** Who may read an entry besides the sites that stored it: everyone, or the listed origins. */
export type Grant = '*' | string[]

/** What the host knows of a stored file. */
export interface Entry {
  /** SHA-256, 64 lowercase hexadecimal digits. */
  hash: string
  /** Bytes. */
  size: number
  /** Media type of what was written; `''` if it had none. */
  type: string
  /** Who may read it besides the sites of `storedBy`. */
  origins: Grant
  /** The origins that have written it. They and every origin of their sites may read it. */
  storedBy: string[]
}

/** Whether a string is a hash as entries have it: 64 lowercase hexadecimal digits. */
export function isHash(value: string): boolean {
  return /^[0-9a-f]{64}$/.test(value)
}
