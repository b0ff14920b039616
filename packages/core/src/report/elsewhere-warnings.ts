import type { OutputPlaces } from '../inject/places.ts'
import type { HashedFile, Warning } from '../output.ts'
import { hashPositionOf } from '../rename/hash-in-name.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/**
 * Warns of files that scripts name by nothing but the URL of another origin, where a plain name may be that of somebody else's
 * file: a script that asks for such a URL is not answered with the file.
 *
 * @param files Those that a stub answers for.
 */
export function elsewhereWarnings(
  scripts: ScannedScript[],
  files: HashedFile[],
  { publicUrl, urls }: Pick<OutputPlaces, 'publicUrl' | 'urls'>,
): Warning[] {
  return files.flatMap(({ fileName }): Warning[] => {
    if (hashPositionOf(fileName) !== undefined || (urls.get(fileName) ?? []).length > 0) return []
    const naming = scripts.filter(({ namings }) => namings.has(fileName))
    const names = naming.flatMap(({ namings }) => [...namings.get(fileName)!])
    const isElsewhere = (name: string): boolean =>
      /^(https?:)?\/\//i.test(name) && !(publicUrl !== undefined && name.startsWith(publicUrl))
    const [url] = names
    if (url === undefined || !names.every(isElsewhere)) return []
    return [
      {
        code: 'not-loaded-by-fetch',
        file: fileName,
        message:
          `${fileName} will not come from Cross-Origin Storage where ${naming[0]!.file.fileName} asks for ${url}: unless the output is ` +
          'served from there, nobody can tell that this is the file, whose name carries no hash. Say where it is served from (the public path of the bundler, ' +
          "or '--public-url'), name it by a path, or exclude it with the option 'exclude'.",
      },
    ]
  })
}
