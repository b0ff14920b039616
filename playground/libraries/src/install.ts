import { execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Library } from './library.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.cache')

/**
 * Installs the packages of libraries that are not there, with npm, beside the workspace: most of them are large and few
 * need them. Their install scripts do not run.
 *
 * @throws {Error} If npm fails; it says why on the screen.
 */
export async function installPackages(libraries: Library[]): Promise<void> {
  const wanted = Object.entries(Object.assign({}, ...libraries.map(({ packages }) => packages)) as object)
  const missing: string[] = []
  for (const [name, version] of wanted) {
    if ((await installedVersion(name)) !== version) missing.push(`${name}@${version}`)
  }
  if (missing.length === 0) return
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n', { flag: 'wx' }).catch(
    () => undefined,
  )
  console.log(`Installing ${missing.join(' ')}`)
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--save-exact']
  execFileSync('npm', ['install', ...flags, ...missing], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
}

/** The version of a package that a program gets. */
async function installedVersion(name: string): Promise<string | undefined> {
  for (const modules of ['.cache/node_modules', 'node_modules']) {
    const text = await readFile(join(root, modules, name, 'package.json'), 'utf8').catch(() => undefined)
    // Without what semver takes for a build's mark.
    if (text !== undefined) return (JSON.parse(text) as { version: string }).version.split('+')[0]
  }
  return undefined
}
