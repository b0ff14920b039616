import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { root } from '../setup.mjs'
import { brokenLinks, repositoryTree } from './links.mjs'

const texts = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && repositoryTree.has(file))

test.each(texts)('all links of %s lead somewhere', (file) => {
  expect(brokenLinks(file, repositoryTree)).toEqual([])
})

describe('a link that leads nowhere is found', () => {
  const repository = 'https://github.com/wasm-cos/wasm-cos'

  test.each([
    ['./missing.md', false],
    ['#missing', false],
    ['#the-title', true],
    ['folder/', true],
    [`${repository}/blob/main/missing.md`, false],
    [`${repository}/blob/main/README.md#missing`, false],
    [`${repository}/tree/main/packages/core`, true],
    [`${repository}/issues`, true],
    ['https://example.com/#whatever', true],
  ])('%s', (link, isGood) => {
    const files = new Map([
      ['README.md', `# The title\n\n[x](${link})\n`],
      ['folder/', ''],
    ])
    const tree = {
      has: (/** @type {string} */ path) => files.has(path),
      read: (/** @type {string} */ path) => files.get(path) ?? '',
    }
    expect(brokenLinks('README.md', tree)).toEqual(isGood ? [] : [link])
  })
})
