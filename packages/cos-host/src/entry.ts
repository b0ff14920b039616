/** What a store asks for besides its own site, to which every file is open: everyone, or the listed origins. */
export type Grant = '*' | string[]

/** What the host knows of a stored file. Its grants only ever grow, each by itself. */
export interface Entry {
  /** SHA-256, 64 lowercase hexadecimal digits. */
  hash: string
  /** Bytes. */
  size: number
  /** The origins that have written it. They and every origin of their sites may read it. */
  storedBy: string[]
  /** The origins that were listed for it. */
  origins: string[]
  /** Whether it was stored for everyone (`'*'`). */
  everyone: boolean
}

/** Whether a string is a hash as entries have it: 64 lowercase hexadecimal digits. */
export function isHash(value: string): boolean {
  return /^[0-9a-f]{64}$/.test(value)
}
