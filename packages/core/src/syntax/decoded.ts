/** What a URL has escaped, as it was; the text itself where an escape is damaged. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
