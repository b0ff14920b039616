import { checkHashes, type CheckedHash, type HashedWasmFile } from '@wasm-cos/core'
import { parser } from './parser.ts'
import type { Folder } from './read.ts'
import { carrierOf } from './read/inline-scripts.ts'
import type { StaleCopy } from './read/stale-copies.ts'
import { type Site, sitesIn } from './read/sites.ts'
import { type Finding, short } from './embedded/finding.ts'
import { checkManifests } from './embedded/manifests.ts'

/** What `verify` found. */
export interface Verified {
  findings: Finding[]
  /** Wasm files whose hash nothing carries. */
  uncovered: string[]
  /** Compressed copies that hold something else than their wasm file, and what to do. */
  staleCopies: StaleCopy[]
}

/** Compares every hash that a folder's scripts, pages and manifests carry with the files. */
export function verify(folder: Folder, manifestName?: string): Verified {
  const inScripts = sitesIn(folder).flatMap(verifySite)
  const findings = [...inScripts, ...checkManifests(folder, manifestName)]
  const covered = new Set(findings.map(({ file }) => file))
  return {
    findings,
    staleCopies: folder.staleCopies.filter(({ file }) => covered.has(file)),
    uncovered: folder.wasm.map(({ fileName }) => fileName).filter((name) => !covered.has(name)),
  }
}

function verifySite({ nameInFolder, scripts, wasm }: Site): Finding[] {
  const named = (file: HashedWasmFile) => ({ ...file, fileName: nameInFolder(file.fileName) })
  return scripts.flatMap((script) => {
    try {
      return checkHashes(script, wasm, parser).map(({ file, ...checked }) =>
        toFinding(nameInFolder(carrierOf(script)), { ...checked, ...(file && { file: named(file) }) }),
      )
    } catch (error) {
      // What does not parse carries nothing that a browser would see.
      if (error instanceof SyntaxError) return []
      throw error
    }
  })
}

function toFinding(
  carrier: string,
  { by, status, value, row, file, namesNear }: CheckedHash<HashedWasmFile>,
): Finding {
  const finding: Finding = {
    status: status === 'ambiguous' ? 'stale' : status,
    file: file?.fileName ?? row?.fileName ?? namesNear.flat()[0] ?? 'unknown',
    embedded: value,
    carrier,
    by,
    ...(file && { size: file.size, hash: file.hash.value }),
    ...(row && { origins: row.origins }),
  }
  const problem = problemOf(finding, status, row?.size)
  return problem === undefined ? finding : { ...finding, problem }
}

function problemOf(finding: Finding, status: CheckedHash['status'], rowSize?: number): string | undefined {
  const { carrier, embedded, file, hash, size } = finding
  if (status === 'true') return undefined
  if (status === 'missing')
    return `${carrier} carries the hash ${short(embedded)} of ${file}, which is not in the folder`
  if (status === 'ambiguous') {
    return `${carrier} carries the hash ${short(embedded)}, which no file has and which may stand for several`
  }
  return hash === embedded
    ? `${carrier} says that ${file} has ${rowSize} bytes, but it has ${size}`
    : `${carrier} carries ${short(embedded)} for ${file}, whose hash is ${short(hash!)}`
}
