/** A word of a command as a shell takes it. */
export function quoted(word: string): string {
  if (/^[\w./\\:,@%+~-]+$/.test(word)) return word
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
