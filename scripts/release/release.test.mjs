import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../setup.mjs'
import { dependenciesFirst } from './order.mjs'
import { publicPackages, readJson, rootManifest } from './packages.mjs'

const packages = publicPackages()
const release = (/** @type {string[]} */ ...args) =>
  promisify(execFile)(process.execPath, [join(root, 'scripts/release/release.mjs'), ...args])

test('a dry run names every public package, dependencies first', { timeout: 240_000 }, async () => {
  // To build them would take from other tests what these read meanwhile.
  const { stdout } = await release('--dry-run', '--built')
  const named = [...stdout.matchAll(/^would publish (.+)@[^@]+ \(\d+ files/gm)].map(([, name]) => name)
  expect(named).toEqual(dependenciesFirst(packages).map(({ name }) => name))
})

test('a tag of another version is refused', async () => {
  await expect(release('--dry-run', '--tag', 'v0.0.0')).rejects.toThrow('The tag is v0.0.0')
})

test('what is published is built for it', async () => {
  await expect(release('--built')).rejects.toThrow('--built is for --dry-run')
})

test('dependencies come first', () => {
  const ordered = dependenciesFirst(packages)
  expect(new Set(ordered)).toEqual(new Set(packages))
  for (const [index, { manifest }] of ordered.entries()) {
    const later = ordered.slice(index).map(({ name }) => name)
    expect(later.filter((name) => name in (manifest.dependencies ?? {}))).toEqual([])
  }
})

test('changesets give all public packages one version', () => {
  const { fixed } = readJson(join(root, '.changeset/config.json'))
  expect(fixed).toEqual([packages.map(({ name }) => name).toSorted()])
})

test('pnpm runs the scripts that are named in the guide', () => {
  expect(rootManifest.scripts).toMatchObject({
    changeset: expect.any(String),
    bump: expect.any(String),
    release: expect.any(String),
  })
})
