import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import type { Plugin } from 'esbuild'
import { describe, expect, test } from 'vitest'
import wasmCos from './index.ts'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { buildOptions } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { eventQueue } from './testing/event-queue.ts'
import { allHashes, hashOnDisk, modifiedTimes, withoutHash } from './testing/output.ts'
import { answerWasm, createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test('a rebuild takes up a changed wasm, leaves what is the same and removes what is gone', async () => {
    const project = await createProject(chunksApp)
    const context = await esbuild.context(buildOptions(project, chunksOptions))
    try {
      await context.rebuild()
      const [before, times] = [await project.files(), await modifiedTimes(project)]
      await context.rebuild()
      expect(await modifiedTimes(project)).toEqual(times)

      await project.write('src/answer.wasm', answerWasm(7))
      await context.rebuild()
      const after = await project.files()
      expect(Object.keys(after)).toHaveLength(Object.keys(before).length)
      expect(
        Object.keys(after)
          .filter((name) => name in before)
          .map(withoutHash),
      ).toEqual(['plain.js', 'plain-lazy.js'])
      expect(allHashes(after)).toEqual(new Set([await hashOnDisk(project, /\.wasm$/)]))
    } finally {
      await context.dispose()
    }
  })

  test('a rebuild that fails leaves what plain esbuild leaves, and the next one writes again', async () => {
    const left = []
    for (const options of [undefined, false] as const) {
      const project = await createProject(answerApp)
      const context = await esbuild.context(buildOptions(project, {}, options))
      try {
        const states = []
        for (const source of [answerApp['src/main.js']!, 'no JavaScript', answerApp['src/main.js']!]) {
          await project.write('src/main.js', source)
          await context.rebuild().catch(() => undefined)
          states.push(Object.keys(await project.files()))
        }
        left.push(states)
      } finally {
        await context.dispose()
      }
    }
    expect(left[0]).toEqual(left[1])
    expect(left[0]![2]).toHaveLength(2)
  })

  test('watching, a changed wasm gives a new hash', async () => {
    const project = await createProject(answerApp)
    const builds = eventQueue<string>()
    const reporter: Plugin = {
      name: 'reporter',
      setup: ({ onEnd }) => onEnd(async () => builds.put(await project.read('dist/main.js'))),
    }
    const context = await esbuild.context(buildOptions(project, { plugins: [wasmCos(), reporter] }))
    try {
      await context.watch()
      const [first] = embeddedHashes(await builds.next())
      await project.write('src/answer.wasm', answerWasm(7))
      const [second] = embeddedHashes(await builds.next())
      expect(second).not.toBe(first)
      expect(second).toBe(sha256(answerWasm(7)))
    } finally {
      await context.dispose()
    }
  })

  test('serving is development: what is served is not edited', async () => {
    const project = await createProject(answerApp)
    const context = await esbuild.context(buildOptions(project))
    try {
      const { port } = await context.serve({ host: '127.0.0.1' })
      const response = await fetch(`http://127.0.0.1:${port}/main.js`)
      const code = await response.text()
      expect(response.status).toBe(200)
      expect(code).toContain('instantiateStreaming')
      expect(embeddedHashes(code)).toEqual([])
    } finally {
      await context.dispose()
    }
  })
})
