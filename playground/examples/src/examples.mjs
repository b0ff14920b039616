import { codeBlocksOf } from '@wasm-cos/scripts/markdown'
import { lexer } from 'marked'

/**
 * What a reader of a README copies: a section whose heading begins with "Example".
 *
 * @typedef {object} Example
 * @property {string} title The heading.
 * @property {string[]} installed The packages that `npm i` names.
 * @property {Map<string, string>} files Texts by path. Code names its file in a comment on its first line.
 * @property {string[]} commands What is typed besides `npm i`.
 * @property {string[]} printed Lines that the commands print.
 */

/**
 * The examples of a README. Those after the first have its files and packages too, and so has each what is installed
 * before the first.
 *
 * @param {string} markdown The README.
 * @returns {Example[]} From top to bottom.
 */
export function examplesOf(markdown) {
  /** @type {Example[]} */
  const examples = []
  for (const { title, text } of chaptersOf(markdown)) {
    const blocks = codeBlocksOf(text)
    if (title !== '' && !title.startsWith('Example')) continue
    const typed = linesOf(blocks, 'sh')
    const earlier = examples[1] ?? examples[0]
    examples.push({
      title,
      installed: [...(earlier?.installed ?? []), ...typed.flatMap(packagesOf)],
      files: new Map([...(earlier?.files ?? []), ...blocks.flatMap(fileOf)]),
      commands: typed.filter((line) => packagesOf(line).length === 0),
      printed: linesOf(blocks, 'text'),
    })
  }
  return examples.slice(1)
}

/**
 * @param {string} markdown A text.
 * @returns {{ title: string, text: string }[]} What stands before the first heading of the second level, and below each.
 */
function chaptersOf(markdown) {
  let chapter = { title: '', text: '' }
  const chapters = [chapter]
  for (const token of lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 2) {
      chapter = { title: token.text, text: '' }
      chapters.push(chapter)
    } else chapter.text += token.raw
  }
  return chapters
}

/** @type {(blocks: import('@wasm-cos/scripts/markdown').CodeBlock[], language: string) => string[]} */
const linesOf = (blocks, language) =>
  blocks.filter((block) => block.language === language).flatMap(({ code }) => code.split('\n'))

/**
 * @param {string} line A command, perhaps with a comment.
 * @returns {string[]} The packages it installs.
 */
function packagesOf(line) {
  const [, names] = /^npm i (?:-D )?(.*)$/.exec(line.replace(/\s*#.*/, '')) ?? []
  return names?.split(' ') ?? []
}

/**
 * @param {import('@wasm-cos/scripts/markdown').CodeBlock} block Some code.
 * @returns {[string, string][]} The file that its first line names, and the text; nothing where it names none.
 */
function fileOf({ code }) {
  const [, name] = /^(?:\/\/|<!--) ([\w./-]+\.[a-z]+)(?: -->)?\n/.exec(code) ?? []
  return name === undefined ? [] : [[name, `${code}\n`]]
}
