import { HashListError, linesOf, type ListFormat } from './list-file.ts'

/** Which sections of a list count. */
export interface ListSections {
  /** The section `SHA-256 HUGGING-FACE`, which browsers should have and may leave out. */
  huggingFace: boolean
}

/** @throws {HashListError} If a packed list is to be read without a section: it has none. */
export function checkSections({ huggingFace }: ListSections): void {
  if (huggingFace) return
  throw new HashListError('is packed already, and says no more which digests are of the section HUGGING-FACE')
}

/** One digest of a list. */
export interface ListEntry {
  /** 64 lowercase hexadecimal digits. */
  digest: string
  /** One URL that has the file, as far as the list says. */
  url: () => string | undefined
}

/** Reads the digests of a list that is text. */
export function* entriesOf(
  file: number,
  format: Exclude<ListFormat, 'packed'>,
  sections: ListSections,
): Generator<ListEntry, void> {
  if (format === 'csv') yield* rowsOf(file)
  else yield* digestsOf(file, format === 'digests', sections)
}

const slash = 47

/** @param isInside Whether what comes before any section counts. */
function* digestsOf(
  file: number,
  isInside: boolean,
  { huggingFace }: ListSections,
): Generator<ListEntry, void> {
  let comment = ''
  for (const line of linesOf(file)) {
    if (line[0] === slash) {
      comment = line.toString()
      const section = /===(BEGIN|END) (SHA-\d+)( [\w-]+)?===/.exec(comment)
      if (section !== null) {
        const [, edge, algorithm, name] = section
        isInside = edge === 'BEGIN' && algorithm === 'SHA-256' && (huggingFace || name !== ' HUGGING-FACE')
      }
    } else if (isInside && line.length >= 64) {
      // The end of the line may be a carriage return, a space, or the file's name behind one.
      const digest = line.toString('latin1', 0, 65).trimEnd()
      const about = comment
      comment = ''
      if (isDigest(digest)) yield { digest, url: () => /https?:\/\/\S+/.exec(about)?.[0] }
    }
  }
}

function* rowsOf(file: number): Generator<ListEntry, void> {
  let columns: { digest: number; url: number } | undefined
  for (const line of linesOf(file)) {
    const fields = fieldsOf(line.toString().replace(/^\uFEFF/, ''))
    if (columns === undefined) columns = { digest: fields.indexOf('sha256'), url: fields.indexOf('url') }
    else {
      const { [columns.digest]: digest = '', [columns.url]: url } = fields
      if (isDigest(digest)) yield { digest, url: () => url }
    }
  }
}

/** The fields of a row. @see https://www.rfc-editor.org/rfc/rfc4180 */
function fieldsOf(row: string): string[] {
  const fields = row.replace(/\r$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)
  return Array.from(fields, ({ 1: quoted, 2: plain }) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}
