/** A comment, or an element whose content a policy can name by its digest. */
const commentOrBlock =
  /<!--[^]*?-->|<(script|style)\b(?:[^>"']|"[^"]*"|'[^']*')*>(?<content>[^]*?)<\/\1(?=[\s/>])/gi

/** The names of pages. */
const pageName = /\.(x?html?|php)$/i

/** Whether a file is a page, in which blocks stand that have a digest of their own. */
export function isPage(fileName: string): boolean {
  return pageName.test(fileName)
}

/** Everything in a file that has a digest of its own: the file, and if it is a page, what stands in it. */
export function digestedContents(fileName: string, text: string): string[] {
  return isPage(fileName) ? [text, ...inlineBlocks(text)] : [text]
}

/**
 * The scripts, import maps and styles that stand in a page, in their order, as a browser reads them: their digests in a
 * Content Security Policy are those of texts whose lines end with a line feed alone.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
 */
export function inlineBlocks(html: string): string[] {
  return Array.from(html.matchAll(commentOrBlock), ({ groups }) => groups?.['content'] ?? '')
    .filter((content) => content !== '')
    .map((content) => content.replace(/\r\n?/g, '\n'))
}
