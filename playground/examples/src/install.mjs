import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { readJson, rootManifest } from '@wasm-cos/scripts/packages'

const run = promisify(execFile)
const shell = process.platform === 'win32'

/**
 * Makes a folder of each example, as its reader would have it, and installs what they name: our packages from their
 * tarballs, others at the versions that this repository tests. pnpm does it, for it has them already, and lets nobody
 * import what is not declared.
 *
 * @param {string} target The folder in which the examples' folders are made. It has to be outside of the repository.
 * @param {Map<string, import('./examples.mjs').Example>} examples By the name of the folder.
 * @param {import('@wasm-cos/scripts/pack').Packed[]} packed The tarballs of our packages.
 */
export async function installExamples(target, examples, packed) {
  const tarballs = new Map(packed.map(({ name, filename }) => [name, `file:${filename}`]))
  for (const [name, { files, installed }] of examples) {
    const versions = installed.map((dependency) => [
      dependency,
      tarballs.get(dependency) ?? testedVersion(dependency),
    ])
    const manifest = { name, private: true, dependencies: Object.fromEntries(versions) }
    await writeFiles(join(target, name), new Map([...files, ['package.json', JSON.stringify(manifest)]]))
  }
  const workspace = {
    packages: ['*'],
    overrides: Object.fromEntries(tarballs),
    onlyBuiltDependencies: ['esbuild'],
  }
  await writeFiles(target, new Map([['pnpm-workspace.yaml', JSON.stringify(workspace)]]))
  await run(
    'npx',
    ['-y', rootManifest.packageManager, 'install', '--prefer-offline', '--no-frozen-lockfile'],
    {
      cwd: target,
      shell,
    },
  )
}

/**
 * Types a line in the folder of an example.
 *
 * @param {string} folder The folder.
 * @param {string} line `npx …` or `node …`.
 * @returns {Promise<string>} What was printed, without colours.
 * @throws {Error} If the exit code is not 0; the message has what was printed.
 */
export async function type(folder, line) {
  const [command = '', ...args] = line.split(' ')
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: '1' }
  const { stdout, stderr } = await run(command, args, { cwd: folder, env, shell }).catch((error) => {
    throw new Error(`${line} in ${folder}: ${error.message}\n${error.stdout}\n${error.stderr}`)
  })
  return stdout + stderr
}

/** @type {(folder: string, files: Map<string, string>) => Promise<void>} */
async function writeFiles(folder, files) {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

/**
 * The version of somebody else's package that is tested here.
 *
 * @param {string} name The package.
 * @returns {string} Its version, exactly.
 */
function testedVersion(name) {
  try {
    return readJson(join(import.meta.dirname, '../node_modules', name, 'package.json')).version
  } catch (error) {
    const message = `A README installs ${name}: add it to the devDependencies of playground/examples.`
    throw new Error(message, { cause: error })
  }
}
