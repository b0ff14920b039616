import { parseManifest } from './manifest.ts'

/**
 * Why a manifest cannot be written under a name; undefined if it can. `Main.js` is `main.js` on many disks.
 *
 * @param fileNames Every file of the output.
 * @param textOf The text of a file.
 */
export function whyNoManifest(
  name: string,
  fileNames: Iterable<string>,
  textOf: (fileName: string) => string | undefined,
): string | undefined {
  const wanted = name.toLowerCase()
  const reasons = [...fileNames].flatMap((other) => {
    const taken = other.toLowerCase()
    if (taken.startsWith(`${wanted}/`)) return `${name} is a folder here`
    if (wanted.startsWith(`${taken}/`)) return `${other} is no folder here`
    return taken === wanted && parseManifest(textOf(other) ?? '') === undefined
      ? `${other} is another file here`
      : []
  })
  return reasons[0] && `manifest: ${reasons[0]}. Give the manifest another name.`
}
