import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { makeWasm } from '@wasm-cos/harness'
import type { Framework } from './frameworks.ts'

const root = join(import.meta.dirname, '..')
const packages = join(root, '../../packages')

/** What an application may ask for: this workspace's packages stand in for those of npm. */
const ours = {
  '@wasm-cos/vite-plugin': 'vite-plugin',
  '@wasm-cos/webpack-plugin': 'webpack-plugin',
  '@wasm-cos/rspack-plugin': 'rspack-plugin',
  'wasm-cos': 'cli',
}

/**
 * Copies an application to `.cache`, adds its two wasm files and the script that loads them, and installs with npm what
 * it depends on, unless an earlier run has.
 *
 * @returns The folder.
 */
export async function prepare({
  folder,
  source = 'src',
  publicFolder = 'public',
}: Framework): Promise<string> {
  const app = join(root, '.cache', folder)
  const template = join(root, 'apps', folder)
  const isInstalled =
    existsSync(join(app, 'node_modules')) &&
    (await readFile(join(app, 'package.json'), 'utf8').catch(() => '')) ===
      (await readFile(join(template, 'package.json'), 'utf8'))
  await mkdir(app, { recursive: true })
  await cp(template, app, { recursive: true })
  await mkdir(join(app, publicFolder), { recursive: true })
  await mkdir(join(app, source), { recursive: true })
  await cp(join(root, 'apps/load.js'), join(app, source, 'load.js'))
  await writeFile(join(app, source, 'answer.wasm'), makeWasm(42))
  await writeFile(join(app, publicFolder, 'shipped.wasm'), makeWasm(7))
  // Glue ships with each build as it is: a build may edit the copy that is served.
  await mkdir(join(app, publicFolder, 'vendor'), { recursive: true })
  await cp(join(root, 'apps/glue.js'), join(app, publicFolder, 'vendor/glue.js'))
  await writeFile(join(app, publicFolder, 'vendor/glued.wasm'), makeWasm(5))
  if (!isInstalled) {
    await rm(join(app, 'node_modules'), { recursive: true, force: true })
    run(app, 'install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--no-package-lock')
  }
  await linkOurs(app)
  return app
}

/** Links this workspace's packages into an application, where npm would put the published ones. */
async function linkOurs(app: string): Promise<void> {
  for (const [name, from] of Object.entries(ours)) {
    const link = join(app, 'node_modules', name)
    if (existsSync(link)) continue
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(packages, from), link, 'junction')
  }
  const command = join(app, 'node_modules/.bin/wasm-cos')
  const cli = pathToFileURL(join(packages, 'cli/dist/cli.js')).href
  await mkdir(dirname(command), { recursive: true })
  await writeFile(command, `#!/usr/bin/env node\nimport(${JSON.stringify(cli)})\n`)
  await chmod(command, 0o755)
}

/**
 * Runs npm in an application.
 *
 * @returns What it printed.
 * @throws {Error} If it fails; the message has what it printed.
 */
export function run(app: string, ...args: string[]): string {
  const env = {
    ...process.env,
    CI: '1',
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    NODE_ENV: undefined,
    TEST: undefined,
    VITEST: undefined,
  }
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: app, env, encoding: 'utf8' })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`npm ${args.join(' ')} in ${app} failed:\n${stdout}\n${stderr}`)
  return stdout + stderr
}
