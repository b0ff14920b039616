// Where the parts of a script end that are no code, in UTF-16 code units; -1 if they do not end.

const wordCharacters = new Uint8Array(128)
for (const character of '$_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
  wordCharacters[character.charCodeAt(0)] = 1
}

/** Whether a code unit is a part of a name, keyword or number; every letter beyond ASCII is taken for one. */
export function isWordCharacter(character: number): boolean {
  return character < 128 ? wordCharacters[character] === 1 : character > 127 && !isSpace(character)
}

/** Whether a code unit beyond ASCII is white space or ends a line. */
function isSpace(character: number): boolean {
  return /\s/.test(String.fromCharCode(character))
}

function endsLine(character: number): boolean {
  return character === 10 || character === 13 || character === 0x2028 || character === 0x2029
}

/** @param at In the word, or where it would begin. */
export function endOfWord(code: string, at: number): number {
  while (isWordCharacter(code.charCodeAt(at))) at++
  return at
}

/** @param at In the number. */
export function endOfNumber(code: string, at: number): number {
  while (isWordCharacter(code.charCodeAt(at)) || code[at] === '.') at++
  return at
}

/** @param at Behind the opening quote. */
export function endOfString(code: string, at: number, quote: number): number {
  for (; at < code.length; at++) {
    const character = code.charCodeAt(at)
    if (character === quote) return at + 1
    if (character === 92) at++
    else if (character === 10 || character === 13) return -1
  }
  return -1
}

/**
 * Finds the end of a template, or of its text before an expression, behind `${`.
 *
 * @param at Behind what the text begins with.
 */
export function endOfTemplateText(code: string, at: number): number {
  for (; at < code.length; at++) {
    const character = code.charCodeAt(at)
    if (character === 96) return at + 1
    if (character === 92) at++
    else if (character === 36 && code.charCodeAt(at + 1) === 123) return at + 2
  }
  return -1
}

/**
 * Finds the end of a regular expression, but for its flags, which read like a name.
 *
 * @param at Behind the opening slash.
 */
export function endOfRegExp(code: string, at: number): number {
  for (let isClass = false; at < code.length; at++) {
    const character = code.charCodeAt(at)
    if (endsLine(character)) return -1
    if (character === 92) at++
    else if (character === 91) isClass = true
    else if (character === 93) isClass = false
    else if (character === 47 && !isClass) return at + 1
  }
  return -1
}

/** @param at In the line. */
export function endOfLine(code: string, at: number): number {
  while (at < code.length && !endsLine(code.charCodeAt(at))) at++
  return at
}

/** @param at Where the comment begins. */
export function endOfComment(code: string, at: number): number {
  const end = code.indexOf('*/', at + 2)
  return end === -1 ? -1 : end + 2
}
