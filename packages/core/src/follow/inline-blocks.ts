/** A comment, or an element whose content a policy can name by its digest. */
const commentOrBlock =
  /<!--[^]*?-->|<(script|style)\b(?:[^>"']|"[^"]*"|'[^']*')*>(?<content>[^]*?)<\/\1(?=[\s/>])/gi

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
