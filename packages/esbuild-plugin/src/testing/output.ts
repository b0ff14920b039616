import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import type { Metafile } from 'esbuild'
import { expect } from 'vitest'
import type { Project } from './project.ts'

/** The position of a text in a script, as source maps count: lines from 1, columns from 0. */
export function positionOf(code: string, text: string): { line: number; column: number } {
  const before = code.slice(0, code.indexOf(text)).split('\n')
  return { line: before.length, column: before.at(-1)!.length }
}

export function allHashes(files: Record<string, Buffer>): Set<string> {
  return new Set(Object.values(files).flatMap((content) => embeddedHashes(content.toString())))
}

export async function hashOnDisk(project: Project, name: RegExp): Promise<string> {
  const [, content] = Object.entries(await project.files()).find(([path]) => name.test(path))!
  return sha256(content)
}

export async function modifiedTimes(project: Project): Promise<number[]> {
  const names = Object.keys(await project.files())
  return Promise.all(names.map(async (name) => (await stat(project.path(join('dist', name)))).mtimeMs))
}

export async function expectTrueMetafile(project: Project, { outputs }: Metafile): Promise<void> {
  const files = await project.files()
  const sizes = Object.entries(files).map(([name, { byteLength }]) => [`dist/${name}`, byteLength])
  expect(Object.fromEntries(Object.entries(outputs).map(([name, { bytes }]) => [name, bytes]))).toEqual(
    Object.fromEntries(sizes),
  )
  const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(imported.length).toBeGreaterThan(0)
  expect(imported.filter((path) => !(path in outputs))).toEqual([])
}

/** A file name without the hash that esbuild puts into it. */
export function withoutHash(name: string): string {
  return name.replace(/-[A-Z2-7]{8}/, '')
}
