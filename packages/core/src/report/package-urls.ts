import type { HashedFile } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/** The hosts that serve the packages of npm by their names. */
const hosts = String.raw`(?:[\w-]+\.)?jsdelivr\.net|unpkg\.com|esm\.sh|esm\.run|cdn\.skypack\.dev|ga\.jspm\.io`

/**
 * Finds the URLs at which the scripts that name a dependency's file also name its package on the web: unless it is told
 * otherwise, transformers.js loads the wasm of onnxruntime-web from there, although it is part of the output. A URL counts in
 * a string: comments point to websites, too.
 *
 * @returns By the name of the file, the beginning of such a URL, up to what the script puts in.
 */
export function findPackageUrls(scripts: ScannedScript[], files: HashedFile[]): Map<string, string> {
  const urls = new Map<string, string>()
  for (const { fileName, sources } of files) {
    const packages = new Set(sources.flatMap(({ path }) => packageIn(path) ?? []))
    for (const name of packages) {
      const pattern = new RegExp(
        `(?<=["'\`])https://(?:${hosts})/(?:npm/)?${escaped(name)}[@/][^\\s"'\`$\\\\]*`,
      )
      for (const { file, refersTo } of scripts) {
        const url =
          refersTo.has(fileName) && file.code.includes(name) ? pattern.exec(file.code)?.[0] : undefined
        if (url !== undefined && !urls.has(fileName)) urls.set(fileName, url)
      }
    }
  }
  return urls
}

/** The name of the package that a file of a dependency belongs to. */
function packageIn(path: string): string | undefined {
  return /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/@][^\\/]*)[\\/]/s
    .exec(path)?.[1]
    ?.replace('\\', '/')
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
