/** Shows how far long work is: a sentence that replaces the last one. */
export type Progress = (text: string) => void
