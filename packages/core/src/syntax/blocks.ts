import {
  endOfComment,
  endOfLine,
  endOfNumber,
  endOfRegExp,
  endOfString,
  endOfTemplateText,
  endOfWord,
  isWordCharacter,
} from './ends.ts'

/** What stands between a pair of braces in a script, in UTF-16 code units. */
export interface Block {
  start: number
  end: number
}

/** Keywords before an expression: a slash behind them begins a regular expression. */
const beforeExpression = new Set('case delete do else in instanceof new return throw typeof void'.split(' '))

/** Keywords that may also be names: a slash behind them may be anything. */
const mayBeNames = new Set('async await let of static yield'.split(' '))

/** Keywords whose parentheses stand before a statement. */
const beforeStatement = new Set('for if while with'.split(' '))

/**
 * Finds the blocks of a script without reading its syntax: for that, strings, templates, comments and regular expressions
 * have to be told from code, and nothing else.
 *
 * @returns Blocks in the order of their ends; `undefined` where it takes the syntax to know them, as for a slash behind a
 *   brace, and where the script is no JavaScript.
 */
export function findBlocks(code: string): Block[] | undefined {
  const blocks: Block[] = []
  /** What is open, and where: a template's expression, a brace, parentheses, those of a keyword. */
  const open: { what: '${' | '{' | '(' | 'if('; start: number }[] = []
  /** What a slash would be behind what was read. */
  let slash: 'divides' | 'begins' | 'unknown' = 'begins'
  let word = ''
  let isProperty = false
  let at = code.startsWith('#!') ? endOfLine(code, 0) : 0

  /** Goes on behind the text of a template, which ends with an expression or the template. */
  const readTemplateText = (start: number): void => {
    at = endOfTemplateText(code, start)
    slash = code[at - 1] === '{' ? 'begins' : 'divides'
    if (slash === 'begins') open.push({ what: '${', start: at })
  }

  while (at < code.length) {
    const character = code.charCodeAt(at)
    if (isWordCharacter(character)) {
      const start = at
      const isNumber = character >= 48 && character <= 57
      at = isNumber ? endOfNumber(code, at) : endOfWord(code, at)
      word = isProperty || isNumber || at - start > 10 ? '' : code.slice(start, at)
      slash = beforeExpression.has(word) ? 'begins' : mayBeNames.has(word) ? 'unknown' : 'divides'
      isProperty = false
      continue
    }
    const sign = code[at]!
    if (sign <= ' ' || character > 127) {
      at++
      continue
    }
    if (sign === '/' && (code[at + 1] === '/' || code[at + 1] === '*')) {
      at = code[at + 1] === '/' ? endOfLine(code, at) : endOfComment(code, at)
      if (at === -1) return undefined
      continue
    }
    const keyword = word
    word = ''
    isProperty = sign === '.' && code[at - 1] !== '.'
    const start = at++
    switch (sign) {
      case '"':
      case "'":
        at = endOfString(code, at, character)
        slash = 'divides'
        break
      case '`':
        readTemplateText(at)
        break
      case '/':
        if (slash === 'unknown') return undefined
        if (slash === 'begins') at = endOfRegExp(code, at)
        slash = slash === 'begins' ? 'divides' : 'begins'
        break
      case '(': {
        const isHead = beforeStatement.has(keyword) || (keyword === 'await' && isForAwait(code, start))
        open.push({ what: isHead ? 'if(' : '(', start: at })
        slash = 'begins'
        break
      }
      case ')': {
        const what = open.pop()?.what
        if (what !== '(' && what !== 'if(') return undefined
        slash = what === '(' ? 'divides' : 'begins'
        break
      }
      case '{':
        open.push({ what: '{', start: at })
        slash = 'begins'
        break
      case '}': {
        const opening = open.pop()
        if (opening?.what === '${') readTemplateText(at)
        else if (opening?.what === '{') {
          blocks.push({ start: opening.start, end: start })
          slash = 'unknown'
        } else return undefined
        break
      }
      case ']':
        slash = 'divides'
        break
      case '+':
      case '-':
        // Twice, it stands behind a value nearly always: `i++ / 2`.
        slash = code[at] === sign ? 'divides' : 'begins'
        if (slash === 'divides') at++
        if (isCommentOfPages(code, start)) return undefined
        break
      case '<':
        if (isCommentOfPages(code, start)) return undefined
        slash = 'begins'
        break
      case '\\':
        return undefined
      default:
        slash = 'begins'
    }
    if (at === -1) return undefined
  }
  return open.length === 0 ? blocks : undefined
}

function isForAwait(code: string, at: number): boolean {
  return /\bfor\s+await\s*$/.test(code.slice(Math.max(0, at - 30), at))
}

/** Whether browsers take what stands here for a comment, as in scripts of pages: `<!--`, and `-->` where a line begins. */
function isCommentOfPages(code: string, at: number): boolean {
  if (code.startsWith('<!--', at)) return true
  return (
    code.startsWith('-->', at) &&
    /(^|[\n\r\u2028\u2029]|\*\/)\s*$/.test(code.slice(Math.max(0, at - 200), at))
  )
}
