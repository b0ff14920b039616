/** Where a text makes browsers download a file, and what to do about it. */
export interface Hint {
  code: 'downloads-anyway' | 'precached'
  url: string
  at: number
  /** What the text does, as the part of a sentence that comes before the file. */
  does: string
  fix: string
}
