/** A text file of a build's output. */
export interface TextFile {
  /** Path within the output, with forward slashes. */
  fileName: string
  text: string
}
