import { expect, test } from 'vitest'
import { ScriptGraph } from './script-graph.ts'
import { scanScripts } from './scan-scripts.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()

test.each([['a.js'], ['b.js']])(
  'what imports one script of a chunk list is in the realm of that one alone, whichever is asked for first: %s',
  (first) => {
    const chunk = (fileName: string) => ({
      type: 'script' as const,
      fileName,
      code: 'WebAssembly',
      chunkList: 'webpackChunkapp',
    })
    const importer = {
      type: 'script' as const,
      fileName: 'importer.js',
      code: "import './a.js'; WebAssembly",
    }
    const { scripts } = scanScripts([chunk('a.js'), chunk('b.js'), importer], [], parser)
    const graph = new ScriptGraph(scripts)
    const realmOf = (name: string): string[] => {
      const script = scripts.find(({ file }) => file.fileName === name)!
      return [...graph.realmOf(script)].map(({ file }) => file.fileName).toSorted()
    }
    realmOf(first)
    expect(realmOf('a.js')).toEqual(['a.js', 'b.js', 'importer.js'])
    expect(realmOf('b.js')).toEqual(['a.js', 'b.js'])
  },
)
