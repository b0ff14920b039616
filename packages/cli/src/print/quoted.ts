/** A word of a command as a shell takes it. */
export function quoted(word: string): string {
  const isWindows = process.platform === 'win32'
  if ((isWindows ? /^[\w./\\:,@+~-]+$/ : /^[\w./:,@%+-]+$/).test(word)) return word
  return isWindows ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
