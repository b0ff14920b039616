import { Language, Parser } from 'web-tree-sitter'
import runtime from 'web-tree-sitter/web-tree-sitter.wasm?url'
import javascript from 'tree-sitter-javascript/tree-sitter-javascript.wasm?url'

await Parser.init({ locateFile: () => runtime })
const parser = new Parser().setLanguage(await Language.load(javascript))
show(parser.parse('6 * 7').rootNode.type)
