/** A text file of a build's output. */
export interface TextFile {
  /** Path within the output, with forward slashes. */
  fileName: string
  text: string
}

/** Where the content hash stands in a file name, as `String.prototype.slice` counts. */
export interface HashPosition {
  start: number
  end: number
}
