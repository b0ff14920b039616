import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** A folder with sources, gone when the test is over. Its packages are those of this package. */
export interface Project {
  folder: string
  path: (name: string) => string
  write: (name: string, content: string | Uint8Array) => Promise<void>
  read: (name: string) => Promise<string>
  /** What is in a folder and the folders below it, by path. */
  files: (name?: string) => Promise<Record<string, Buffer>>
}

/** Creates a project of the given sources. */
export async function createProject(sources: Record<string, string | Uint8Array>): Promise<Project> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wasm-cos-esbuild-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
  const project: Project = {
    folder,
    path: (name) => join(folder, name),
    async write(name, content) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    },
    read: (name) => readFile(join(folder, name), 'utf8'),
    async files(name = 'dist') {
      const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true })
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
      const contents = paths
        .toSorted()
        .map(async (path) => [relative(join(folder, name), path), await readFile(path)] as const)
      return Object.fromEntries(await Promise.all(contents))
    },
  }
  for (const [name, content] of Object.entries(sources)) await project.write(name, content)
  return project
}

/** Copies a package into the project, in place of the link to it, so that it can be changed. */
export async function copyPackage({ folder }: Project, name: string, to: string): Promise<void> {
  await cp(await realpath(join(folder, 'node_modules', name)), join(folder, to), { recursive: true })
}

/** A wasm module whose export `answer` returns a number below 64. */
export function answerWasm(answer: number): Uint8Array {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  const type = [1, 5, 1, 0x60, 0, 1, 0x7f]
  const functions = [3, 2, 1, 0]
  const exports = [7, 10, 1, 6, ...Buffer.from('answer'), 0, 0]
  const code = [10, 6, 1, 4, 0, 0x41, answer, 0x0b]
  return Uint8Array.from([...header, ...type, ...functions, ...exports, ...code])
}

/** Shows in the page what a function of the module returns. */
export const show = `
export async function show(compute) {
  const html = document.documentElement
  const result = document.body.appendChild(document.createElement('p'))
  result.id = 'result'
  try {
    result.textContent = await compute()
    html.dataset.state = 'done'
  } catch (error) {
    result.textContent = String(error)
    html.dataset.state = 'failed'
  }
}
`

/** Loads `answer.wasm` from a URL. */
export const load = `
export async function load(url) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
  return instance.exports.answer()
}
`
