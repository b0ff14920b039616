/** The folder in which changes wait, within the one that they are for: moving a file is atomic only on the same disk. */
export const journalFolder = '.wasm-cos-journal'
