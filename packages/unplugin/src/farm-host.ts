import { extname, resolve } from 'node:path'
import {
  absoluteUrl,
  type HashPosition,
  type Host,
  hashOutput,
  hashSources,
  isScriptName,
  type OutputChanges,
  type OutputFile,
  readScript,
} from '@wasm-cos/core'

/** What is used of a resource of Farm's: a file of the output before it is written. */
export interface FarmResource {
  name: string
  /** The content, a number a byte. */
  bytes: number[]
  /** Whether the file is part of another one and not written. */
  emitted: boolean
  /** Farm's name of a kind of file, or the ending; Farm fails where there is none. */
  resourceType: string
  origin: { type: string; value: string }
}

/** What is used of Farm's configuration. */
export interface FarmConfig {
  /** Absolute path of the project's folder. */
  root: string
  publicPath?: string | undefined
  /** Why nothing is injected, see {@link Host.reasonToSkip}. */
  reasonToSkip?: string | undefined
}

/** Farm as a host, for the resources of a build in `finalizeResources`. They are changed in place. */
export function hostOf(resources: Record<string, FarmResource>, config: FarmConfig): Host {
  const { root, publicPath = '', reasonToSkip } = config
  const files = new Map(
    Object.values(resources)
      .filter(({ emitted }) => !emitted)
      .map((resource) => [fileNameOf(resource), resource]),
  )
  return {
    root,
    publicUrl: absoluteUrl(publicPath),
    reasonToSkip,
    read: () => readFiles(files, root),
    fileNames: () => files.keys(),
    contentOf(fileName) {
      const file = files.get(fileName)
      return file && Uint8Array.from(file.bytes)
    },
    hashPositionOf,
    edit: (changes) => changeResources(resources, files, changes),
    emit(fileName, text) {
      resources[fileName] = {
        name: fileName,
        bytes: [...Buffer.from(text)],
        emitted: false,
        resourceType: extname(fileName).slice(1),
        origin: { type: 'Module', value: fileName },
      }
    },
    warn: (message) => console.warn(`[wasm-cos] ${message}`),
    fail(messages) {
      throw new Error(messages.join('\n'))
    },
    print: (report) => console.log(report),
  }
}

/** The name of a resource as a file: what follows the `?` is for the browser only. */
function fileNameOf({ name }: FarmResource): string {
  return name.replace(/\?.*$/s, '')
}

async function readFiles(files: Map<string, FarmResource>, root: string): Promise<OutputFile[]> {
  const read = [...files].map(async ([fileName, { bytes, origin }]): Promise<OutputFile | undefined> => {
    if (isScriptName(fileName)) return readScript(fileName, Uint8Array.from(bytes))
    if (!fileName.endsWith('.wasm')) return undefined
    const sources = await hashSources([resolve(root, origin.value.replace(/\?.*$/s, ''))])
    return { type: 'wasm', fileName, bytes: Uint8Array.from(bytes), sources }
  })
  return hashOutput((await Promise.all(read)).filter((file) => file !== undefined))
}

/**
 * Where a name carries `[contentHash]`, which Farm's default templates put before the extension: `index_2570.fa7a0762.js`.
 *
 * @see https://www.farmfe.org/docs/config/compilation-options#outputfilename
 */
function hashPositionOf(fileName: string): HashPosition | undefined {
  const found = /\.([0-9a-f]{8})\.\w+$/.exec(fileName)
  return found === null ? undefined : { start: found.index + 1, end: found.index + 9 }
}

function changeResources(
  resources: Record<string, FarmResource>,
  files: Map<string, FarmResource>,
  { contents, fileNames }: OutputChanges,
): void {
  for (const [fileName, content] of contents) files.get(fileName)!.bytes = [...Buffer.from(content)]
  for (const [fileName, newName] of fileNames) {
    const file = files.get(fileName)!
    delete resources[file.name]
    file.name = newName
    resources[newName] = file
  }
}
