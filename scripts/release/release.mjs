import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackages } from '../setup.mjs'
import { dependenciesFirst } from './order.mjs'
import { packAll } from './pack.mjs'
import { publicPackages } from './packages.mjs'

// `npm run release`: publishes all public packages that npm does not have yet, at the version that they have.
// --dry-run prints what would be published, with --built as the packages are built already; --tag v1.2.3 makes sure of the
// version. If it fails half-way, run it again.

const shell = process.platform === 'win32'
const { values } = parseArgs({
  options: {
    'dry-run': { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    tag: { type: 'string' },
  },
})
const isDryRun = values['dry-run']
if (values.built && !isDryRun) fail('--built is for --dry-run: what is published is built for it.')

const packages = dependenciesFirst(publicPackages())
const { version } = packages[0]?.manifest ?? {}
if (packages.some(({ manifest }) => manifest.version !== version)) {
  fail('The packages have several versions. Run `npm run bump`, which gives them one.')
}
if (values.tag !== undefined && values.tag !== `v${version}`) {
  fail(
    `The tag is ${values.tag}, but the packages have the version ${version}. Tag the commit of v${version}.`,
  )
}

if (!values.built && !(await buildPackages())) process.exit(1)
const target = await mkdtemp(join(tmpdir(), 'wasm-cos-release-'))
try {
  const packed = await packAll(target)
  for (const { name } of packages) {
    const { filename = '', files = [] } = packed.find((tarball) => tarball.name === name) ?? {}
    const { size } = await stat(filename)
    const label = `${name}@${version} (${files.length} files, ${(size / 1000).toFixed(1)} kB)`
    if (isDryRun) console.log(`would publish ${label}`)
    else if (isPublished(`${name}@${version}`)) console.log(`${name}@${version} is on npm already`)
    else publish(filename, label)
  }
} finally {
  await rm(target, { recursive: true })
}

/** @type {(tarball: string, label: string) => void} */
function publish(tarball, label) {
  execFileSync('npm', ['publish', tarball, '--access', 'public', '--provenance'], { stdio: 'inherit', shell })
  console.log(`published ${label}`)
}

/** @type {(specifier: string) => boolean} Whether npm has that version; an answer other than "no" and "yes" is an error. */
function isPublished(specifier) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', specifier, 'version'], {
    encoding: 'utf8',
    shell,
  })
  if (status === 0) return stdout.trim() !== ''
  if (stderr.includes('E404')) return false
  return fail(`npm view ${specifier} failed:\n${stderr}`)
}

/**
 * @param {string} message What is wrong and what to do.
 * @returns {never} Nothing is published.
 */
function fail(message) {
  console.error(message)
  process.exit(1)
}
