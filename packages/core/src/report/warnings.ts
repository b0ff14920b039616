import { isDependency } from '../packages/installed-package.ts'
import { hasContent } from '../hash/content.ts'
import type { HashedFile, Warning } from '../output.ts'
import type { ScannedScript } from '../scan/scan.ts'

/** Why files that take part may not profit, chunk by chunk and file by file. */
export function findWarnings(
  scripts: ScannedScript[],
  files: HashedFile[],
  carried: Map<string, HashedFile[]>,
): Warning[] {
  const loaded = new Set([...carried.values()].flat())
  return [
    ...scripts.filter(({ hasInlinedWasm }) => hasInlinedWasm).map(inlined),
    ...files
      .filter((file) => !loaded.has(file))
      .flatMap((file) =>
        scripts
          .filter(({ refersTo }) => refersTo.has(file.fileName))
          .map((script) => notLoaded(file, script)),
      ),
    ...files.filter(isChangedDependency).map(dependencyChanged),
  ]
}

function inlined({ file }: ScannedScript): Warning {
  return {
    code: 'inlined',
    message:
      `${file.fileName} carries a wasm module as base64, which has no URL and no hash to share it by. ` +
      "Let the bundler emit it as a file (Vite: 'build.assetsInlineLimit', webpack: 'asset/resource', esbuild: loader 'file').",
  }
}

function notLoaded({ fileName }: HashedFile, { file, mentions }: ScannedScript): Warning {
  const how = mentions.xmlHttpRequest
    ? 'loads it through XMLHttpRequest'
    : mentions.syncCompile
      ? 'compiles it with new WebAssembly.Module'
      : 'names it'
  return {
    code: 'not-loaded-by-fetch',
    message:
      `${fileName} will not come from Cross-Origin Storage: ${file.fileName} ${how}, but no chunk of this build loads wasm with fetch(). ` +
      `Load it with WebAssembly.instantiateStreaming(fetch(url)), or exclude it with the option 'exclude'.`,
  }
}

/** Whether the file comes from a dependency, but not byte for byte. */
function isChangedDependency(file: HashedFile): boolean {
  const { sources } = file
  return sources.some(({ path }) => isDependency(path)) && !sources.some((source) => hasContent(source, file))
}

function dependencyChanged({ fileName, sources }: HashedFile): Warning {
  return {
    code: 'dependency-changed',
    message:
      `${fileName} differs from ${sources.find(({ path }) => isDependency(path))!.path}: the build changed it, so that it is not ` +
      "the file other sites ship and a visitor's copy of theirs cannot serve it. Ship the dependency's file as it is to share it.",
  }
}
