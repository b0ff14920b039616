import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builds, outputOf } from '../builds.mjs'

/** The hash in the constant that a build's chunks carry. */
function embeddedHashOf(build: (typeof builds)[number]): string | undefined {
  const folder = outputOf(build)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .map((code) => /\bwasmHash=\{algorithm:"SHA-256",value:"([0-9a-f]{64})"\}/.exec(code)?.[1])
    .find((hash) => hash !== undefined)
}

test('the same file has the same hash out of every bundler', () => {
  const file = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'))
  const hash = createHash('sha256').update(file).digest('hex')
  expect(builds.map((build) => [build.name, embeddedHashOf(build)])).toEqual(
    builds.map(({ name }) => [name, hash]),
  )
})
