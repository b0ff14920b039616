import { embeddedHashes } from '@wasm-cos/harness/hash'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, test } from 'vitest'
import { answerApp } from './testing/apps.ts'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { positionOf } from './testing/output.ts'
import { createProject, load } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  const lines = load.split('\n')
  const line = lines.findIndex((line) => line.includes('instance.exports'))
  const column = lines[line]!.indexOf('instance.exports')

  test.each(['linked', 'external', 'inline', 'both'] as const)('%s', async (sourcemap) => {
    for (const [minify, entryNames] of [
      [false, '[name]'],
      [true, '[name]'],
      [true, '[name]-[hash]'],
    ] as const) {
      const project = await createProject(answerApp)
      await build(esbuild, project, { sourcemap, minify, entryNames, format: 'esm' })
      const name = Object.keys(await project.files()).find((name) => name.endsWith('.js'))!
      const code = await project.read(`dist/${name}`)
      expect(embeddedHashes(code)).toHaveLength(1)
      const inline = /sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code)?.[1]
      const maps = [
        ...(inline === undefined ? [] : [Buffer.from(inline, 'base64').toString()]),
        ...(sourcemap === 'inline' ? [] : [await project.read(`dist/${name}.map`)]),
      ]
      expect(maps).toHaveLength(sourcemap === 'both' ? 2 : 1)
      expect(code.includes(`//# sourceMappingURL=${name}.map`)).toBe(sourcemap === 'linked')
      for (const map of maps) {
        const at = positionOf(code, '.exports.answer')
        const found = originalPositionFor(new TraceMap(map), { ...at, column: at.column - 1 })
        expect(found).toMatchObject({ source: '../src/load.js', line: line + 1, column })
      }
    }
  })
})
