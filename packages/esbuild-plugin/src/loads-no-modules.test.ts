import type { Plugin, PluginBuild } from 'esbuild'
import { expect, test } from 'vitest'
import { loadsNoModules } from './loads-no-modules.ts'

declare function handOn(...args: unknown[]): void
const hook = ['onLoad'].pop() as 'onStart'

const setups: [boolean, Plugin['setup']][] = [
  [true, () => {}],
  [true, ({ onEnd }) => onEnd(() => {})],
  [true, (build) => build.onEnd(() => console.log(build.initialOptions.outdir))],
  [
    true,
    async function (build) {
      build.onEnd(() => {})
    },
  ],
  [true, { setup: (build: PluginBuild): void => void build.onStart(() => {}) }.setup],
  [false, (build) => build.onLoad({ filter: /x/ }, () => null)],
  [false, ({ onLoad }) => onLoad({ filter: /x/ }, () => null)],
  [false, ({ onEnd, ...others }) => handOn(onEnd, others)],
  [false, (build) => handOn(build)],
  [false, (build) => handOn({ build })],
  [false, (build) => handOn(build[hook])],
  [false, (...args) => handOn(args)],
  // What has no text of its own.
  [false, queueMicrotask as unknown as Plugin['setup']],
]

test.each(setups)('%s: %s', (expected, setup) => {
  expect(loadsNoModules({ name: 'other', setup })).toBe(expected)
})
