import GithubSlugger from 'github-slugger'
import { lexer, walkTokens } from 'marked'

/**
 * Where the links and pictures of a text lead, those in HTML too.
 *
 * @param {string} markdown The text.
 * @returns {string[]} Their targets as they are written.
 */
export function linksOf(markdown) {
  /** @type {string[]} */
  const links = []
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push(token.href)
    if (token.type === 'html') {
      links.push(...[...token.text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => match[1]))
    }
  })
  return links
}

/**
 * The anchors that GitHub and npm give the headings of a text.
 *
 * @param {string} markdown The text.
 * @returns {Set<string>} Without `#`.
 */
export function anchorsOf(markdown) {
  const slugger = new GithubSlugger()
  const headings = lexer(markdown).flatMap((token) => (token.type === 'heading' ? [String(token.text)] : []))
  return new Set(headings.map((text) => slugger.slug(text.replaceAll('`', ''))))
}

/**
 * A fenced piece of code.
 *
 * @typedef {object} CodeBlock
 * @property {string} language What the fence says of it.
 * @property {string} code Its lines.
 */

/**
 * The fenced code of a text.
 *
 * @param {string} markdown The text.
 * @returns {CodeBlock[]} From top to bottom.
 */
export function codeBlocksOf(markdown) {
  /** @type {CodeBlock[]} */
  const blocks = []
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'code') blocks.push({ language: token.lang ?? '', code: token.text })
  })
  return blocks
}
