import {
  type CheckedHash,
  checkHashes,
  type Edit,
  editTexts,
  type HashedSourceFile,
  type HashedWasmFile,
  inOrder,
  repairHash,
  type ScriptFile,
  Texts,
} from '@wasm-cos/core'
import { FolderError } from './folder-error.ts'
import { parser } from './parser.ts'
import { hostOf } from './host.ts'
import type { Folder } from './read.ts'
import type { StaleCopy } from './read/stale-copies.ts'
import { type Site, sitesIn } from './read/sites.ts'
import { repairManifests } from './embedded/manifests.ts'
import { carryOut, planRewrite, type RewriteOptions } from './write.ts'
import type { Obstacle } from './write/obstacle.ts'
import type { Finding } from './embedded/finding.ts'
import { verify } from './verify.ts'

/** What `repair` did, or why it did nothing. */
export interface Repaired {
  outcome: 'changed' | 'unchanged' | 'refused'
  /** The stale hashes that were mended, or would be. */
  repaired: Finding[]
  /** What cannot be mended: the file is not there, or it cannot be told which one is meant. */
  beyond: Finding[]
  /** Compressed copies that hold something else than their wasm file: to be made again by what made them. */
  staleCopies: StaleCopy[]
  written: string[]
  renamed: Record<string, string>
  obstacles: Obstacle[]
}

/**
 * Writes the hash of each wasm file where a stale one stands, in place.
 *
 * @throws {FolderError} If nothing in the folder carries a hash.
 */
export async function repair(
  folder: Folder,
  options: RewriteOptions,
  manifestName?: string,
): Promise<Repaired> {
  const { findings, staleCopies } = verify(folder, manifestName)
  if (findings.length === 0)
    throw new FolderError(
      `Nothing in ${folder.path} carries the hash of a wasm file: there is nothing to repair.`,
    )
  const wrong = findings.filter(({ status }) => status !== 'true')
  const mendable = (finding: Finding) => finding.status === 'stale' && finding.hash !== undefined
  const edited = new Map(sitesIn(folder).flatMap((site) => mendSite(site, folder)))
  for (const [name, text] of repairManifests(folder, manifestName)) edited.set(name, text)

  const rewrite = await planRewrite(folder, edited, options)
  const { changes, obstacles, renamed } = rewrite
  const common = {
    repaired: wrong.filter(mendable),
    beyond: wrong.filter((finding) => !mendable(finding)),
    renamed: Object.fromEntries(renamed),
    obstacles,
    staleCopies,
  }
  if (obstacles.length > 0) return { outcome: 'refused', written: [], ...common }
  carryOut(folder, rewrite)
  const written = [...changes.writes.keys()]
  const withName = (finding: Finding) => ({
    ...finding,
    carrier: renamed.get(finding.carrier) ?? finding.carrier,
  })
  return {
    ...common,
    outcome: written.length > 0 ? 'changed' : 'unchanged',
    repaired: common.repaired.map(withName),
    beyond: common.beyond.map(withName),
    written,
  }
}

/** The new texts of a site in which stale hashes are mended, by name within the folder. */
function mendSite(site: Site, { path, texts: before }: Folder): [name: string, text: string][] {
  const host = hostOf(site, { root: path, textOf: (name) => before.get(name) })
  const texts = new Texts([], host)
  editTexts(texts, staleEdits(site), site.scripts, host.mapNameOf)
  return Array.from(texts.changed, ([name, text]) => [site.nameInFolder(name), text])
}

function staleEdits({ scripts, wasm }: Site): Edit[] {
  const rows = checkScripts(scripts, wasm)
    .flatMap(({ hashes }) => hashes)
    .filter(({ status }) => status === 'stale')
  // What the files were before, as stale rows say: the hashes of explicit imports have no other way to their file.
  const files = wasm.map((file) => ({
    ...file,
    sources: rows
      .filter((hash) => hash.file?.fileName === file.fileName)
      .map(({ value, row }): HashedSourceFile => ({
        path: file.fileName,
        size: row?.size ?? file.size,
        hash: { algorithm: 'SHA-256', value },
      })),
  }))
  return checkScripts(scripts, files).flatMap(({ fileName, hashes }): Edit[] => {
    const changes = inOrder(hashes.flatMap(repairHash))
    return changes.length === 0 ? [] : [{ fileName, changes, files: [] }]
  })
}

/** The hashes of each script that parses. */
function checkScripts(
  scripts: ScriptFile[],
  files: HashedWasmFile[],
): { fileName: string; hashes: CheckedHash[] }[] {
  return scripts.flatMap((script) => {
    try {
      return [{ fileName: script.fileName, hashes: checkHashes(script, files, parser) }]
    } catch (error) {
      if (error instanceof SyntaxError) return []
      throw error
    }
  })
}
