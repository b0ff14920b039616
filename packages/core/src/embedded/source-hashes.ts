import { contentOf } from '../hash/content.ts'
import type { Change, ScriptFile, Warning } from '../output.ts'
import type { KnownFile } from '../repair/repair.ts'

/** Stale hashes in a script. */
interface Found {
  changes: Change[]
  /** The files they stand for. */
  files: KnownFile[]
  warnings: Warning[]
}

/**
 * The hashes of sources whose emitted files have others, because a later step of the build changed these. Where such a
 * hash stands in a script, an explicit import wrote it there before. Minifiers leave nothing of that but the digits.
 */
export class SourceHashes {
  readonly #madeFrom = new Map<string, KnownFile[]>()

  constructor(files: KnownFile[]) {
    const shipped = new Set(files.map(({ hash }) => hash.value))
    for (const file of files) {
      for (const value of new Set(file.sources.map((source) => contentOf(source).hash.value))) {
        if (!shipped.has(value)) this.#madeFrom.set(value, [...(this.#madeFrom.get(value) ?? []), file])
      }
    }
  }

  /** Whether any of them stands in a script. */
  areIn({ code }: ScriptFile): boolean {
    return [...this.#madeFrom.keys()].some((value) => code.includes(value))
  }

  /** Finds them, each to be replaced by the hash of the file that ships. */
  find({ fileName, code }: ScriptFile): Found {
    const found: Found = { changes: [], files: [], warnings: [] }
    for (const [value, files] of this.#madeFrom) {
      const starts = startsOf(value, code)
      if (starts.length === 0) continue
      const [text, ...others] = new Set(files.map(({ hash }) => hash.value))
      if (others.length > 0) found.warnings.push(ambiguous(fileName, value, files))
      else {
        found.files.push(...files)
        found.changes.push(...starts.map((start) => ({ start, end: start + value.length, text: text! })))
      }
    }
    return found
  }
}

function startsOf(text: string, code: string): number[] {
  const starts: number[] = []
  for (let start = code.indexOf(text); start !== -1; start = code.indexOf(text, start + 1)) starts.push(start)
  return starts
}

function ambiguous(fileName: string, value: string, files: KnownFile[]): Warning {
  const names = files.map((file) => file.fileName).join(', ')
  return {
    code: 'stale-hash',
    message:
      `${fileName} carries the hash ${value.slice(0, 12)}… of a source that several files were made from (${names}), ` +
      'so that it cannot stand for all of them. Emit the file once, or change it before the bundler reads it.',
  }
}
