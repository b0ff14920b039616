import { parseManifest } from './manifest.ts'

/**
 * Why a manifest cannot be written under a name; undefined if it can.
 *
 * @param fileNames Every file of the output.
 * @param textOf The text of a file.
 */
export function whyNoManifest(
  name: string,
  fileNames: Iterable<string>,
  textOf: (fileName: string) => string | undefined,
): string | undefined {
  const reasons = [...fileNames].flatMap((other) => {
    if (other.startsWith(`${name}/`)) return `${name} is a folder here`
    if (name.startsWith(`${other}/`)) return `${other} is no folder here`
    return other === name && parseManifest(textOf(name) ?? '') === undefined
      ? `${name} is another file here`
      : []
  })
  return reasons[0] && `manifest: ${reasons[0]}. Give the manifest another name.`
}
