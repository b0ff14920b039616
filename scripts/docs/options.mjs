import { readFileSync } from 'node:fs'
import { join } from 'node:path'
// TypeScript 7 has no API for programs yet.
import ts from 'typescript-with-api'
import { root } from '../setup.mjs'

const source = 'packages/core/src/options/options.ts'

/**
 * The table of options, from the doc comments of `WasmCosOptions`.
 *
 * @returns {string} Markdown; columns are not aligned.
 * @throws {Error} If an option has no doc comment.
 */
export function optionsTable() {
  const file = ts.createSourceFile(
    source,
    readFileSync(join(root, source), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const options = file.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'WasmCosOptions',
  )
  if (options === undefined || !ts.isInterfaceDeclaration(options)) {
    throw new Error(`${source} has no interface WasmCosOptions: say in scripts/docs/options.mjs where it is.`)
  }
  const rows = options.members.map((member) => rowOf(member.name?.getText() ?? '', member))
  return ['| option | default | |', '| --- | --- | --- |', ...rows].join('\n')
}

/**
 * @param {string} name The option.
 * @param {ts.TypeElement} member Its declaration.
 * @returns {string} A row of the table.
 */
function rowOf(name, member) {
  const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)
  const text = ts.getTextOfJSDocComment(comment?.comment)
  if (text === undefined) throw new Error(`The option ${name} has no doc comment: write one in ${source}.`)
  const tag = comment?.tags?.find(({ tagName }) => tagName.text === 'default')
  const value = ts.getTextOfJSDocComment(tag?.comment)
  // What is said in words is no value.
  const shown = value === undefined ? 'none' : value.includes(' ') ? value : `\`${value}\``
  return `| \`${name}\` | ${shown} | ${inCell(text)} |`
}

/** @type {(text: string) => string} A text as the content of a cell. */
const inCell = (text) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
