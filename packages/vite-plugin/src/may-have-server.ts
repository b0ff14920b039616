import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Environment } from 'vite'
import { hasPlugin } from './has-plugin.ts'

/** How the plugins of frameworks are called that render pages on a server, or when they build. */
const frameworks =
  /^(?:vite-plugin-sveltekit|react-router|remix|nuxt|vike|vite-plugin-ssr|vitepress|solid-start|tanstack|vite-plugin-qwik|marko|@?astro[/:])/

/**
 * Whether a server may render the pages of an application: it has an environment, a manifest or a framework for that, or is built as
 * Vite's guide has it.
 *
 * @see https://vite.dev/guide/ssr#building-for-production
 */
export function mayHaveServer(environment: Environment): boolean {
  const { build, plugins, root } = environment.config
  const { environments } = environment.getTopLevelConfig()
  return (
    Object.values(environments).some(({ consumer }) => consumer === 'server') ||
    Boolean(build.ssrManifest) ||
    basename(build.outDir) === 'client' ||
    hasPlugin(plugins, frameworks) ||
    buildsServer(root)
  )
}

/** Whether a project has a script that builds a server, or pages with one. */
function buildsServer(root: string): boolean {
  try {
    return /--ssr|vite-ssg/.test(readFileSync(join(root, 'package.json'), 'utf8'))
  } catch {
    return false
  }
}
