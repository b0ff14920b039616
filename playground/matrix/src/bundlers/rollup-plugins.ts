import { rm } from 'node:fs/promises'
import { classicWorkerOf, entriesOf, readPublicWasm } from '../app-files.ts'
import type { BuildRequest } from '../bundler.ts'

interface Asset {
  type: string
  fileName: string
  source?: string | Uint8Array
}

interface PluginContext {
  emitFile: (file: Asset) => string
}

interface Hooks {
  name: string
}

/** Bundles entries of an application with Rollup or Rolldown, and adds what the bundler warned of. */
type Bundle = (
  request: BuildRequest,
  input: Record<string, string>,
  output: { format: 'es' | 'iife' },
  warnings: string[],
) => Promise<void>

/** Builds the modules of an application, and its classic worker by itself. */
export async function buildEntries(request: BuildRequest, bundle: Bundle): Promise<{ warnings: string[] }> {
  const { app, outDir } = request
  const warnings: string[] = []
  const classicWorker = classicWorkerOf(app)
  await rm(outDir, { recursive: true, force: true })
  await bundle(request, entriesOf(app), { format: 'es' }, warnings)
  if (classicWorker !== undefined) {
    await bundle(request, { 'classic-worker': classicWorker }, { format: 'iife' }, warnings)
  }
  return { warnings }
}

/** Plugins in Rollup's terms that change what is emitted before ours, and what is written after it. */
export function latePlugins({ optimize, afterWrite, outDir }: BuildRequest): {
  before: Hooks[]
  after: Hooks[]
} {
  const before = {
    name: 'optimizer',
    generateBundle(_: unknown, bundle: Record<string, Asset>) {
      for (const asset of Object.values(bundle)) {
        if (asset.fileName.endsWith('.wasm')) asset.source = optimize!(asset.source as Uint8Array)
      }
    },
  }
  const after = { name: 'later-step', closeBundle: () => afterWrite!(outDir) }
  return { before: optimize ? [before] : [], after: afterWrite ? [after] : [] }
}

/** A plugin that emits an application's public files under their own names. */
export function emitPublicFiles(app: string): {
  name: string
  buildStart: (this: PluginContext) => Promise<void>
} {
  return {
    name: 'public-files',
    async buildStart() {
      for (const { name, bytes } of await readPublicWasm(app)) {
        this.emitFile({ type: 'asset', fileName: name, source: bytes })
      }
    },
  }
}
