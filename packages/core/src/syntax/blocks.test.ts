import { describe, expect, test } from 'vitest'
import { findBlocks } from './blocks.ts'
import { outlineOf } from './outline.ts'

/** What stands in each block. */
function blocksIn(code: string): string[] | undefined {
  return findBlocks(code)?.map(({ start, end }) => code.slice(start, end))
}

describe('what stands in braces is told from what only looks like it', () => {
  test.each([
    ['function f() {a}', ['a']],
    ['f({b}, () => {c})', ['b', 'c']],
    ['{{a}}', ['a', '{a}']],
    ['"{" + \'}\' + "\\"{"; {a}', ['a']],
    ['`{${ {a} }}{`; {b}', ['a', 'b']],
    ['`${`${"{"}`}`; {a}', ['a']],
    ['// {\n{a} /* { */', ['a']],
    ['#!/usr/bin/{ node\n{a}', ['a']],
    ['x = /[/{]{2}\\//g; {a}', ['a']],
    ['a / b; {c} // /', ['c']],
    ['(a) / "{" / 2; {b}', ['b']],
    ['if (a) /{/.test(b); {c}', ['c']],
    ['for await (const a of b) /{/.test(a); {c}', ['c']],
    ['a.if(b) / "/{" / 2; {c}', ['c']],
    ['i++ / 2 + "{/"; {a}', ['a']],
    ['1. / 2 + "{/"; {a}', ['a']],
    ['a[0] / 2 + "{/"; {b}', ['b']],
    ['return /{/', []],
    ['a.return / 2 + "{/"', []],
    ['return\u00a0/{/', []],
    ['while (i-->0) {a}', ['a']],
    ['class A { #x = {a} }', ['a', ' #x = {a} ']],
  ])('%s', (code, blocks) => {
    expect(blocksIn(code)).toEqual(blocks)
  })

  test.each([
    '{}/a/g',
    'yield /a/g',
    '<!-- {',
    '{}\n--> {',
    '\\u0061 = {}',
    '{',
    '}',
    '({)}',
    '"a',
    '`${a',
    '/a\n/',
    '/* {',
  ])('nothing is said of %j', (code) => {
    expect(findBlocks(code)).toBeUndefined()
  })
})

test('an outline has the blocks with places, and all else where it was', () => {
  const code = 'function f() { if (a) { fetch(b) } else { c } }; class D { e() {} }'
  expect(outlineOf(code, [code.indexOf('fetch')])).toBe(
    'function f() { if (a) { fetch(b) } else {   } }; class D {        }',
  )
})
