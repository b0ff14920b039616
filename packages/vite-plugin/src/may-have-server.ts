import { readdirSync, readFileSync } from 'node:fs'
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
    buildsServer(root) ||
    hasServerModule(root)
  )
}

/** Whether a project has a script that builds a server, or pages with one. */
function buildsServer(root: string): boolean {
  try {
    return /\bssr\b|vite-ssg/.test(readFileSync(join(root, 'package.json'), 'utf8'))
  } catch {
    return false
  }
}

/** How the modules of a server are called in Vite's templates. */
const serverModule = /^(?:entry[-.])?server\.[cm]?[jt]sx?$/

/** Whether a project has such a module where templates have it, and one that renders: another one may only send files. */
function hasServerModule(root: string): boolean {
  return [root, join(root, 'src')].some((folder) => {
    try {
      return readdirSync(folder).some(
        (name) =>
          serverModule.test(name) &&
          (name.startsWith('entry') ||
            /\bssr|render|entry-server/i.test(readFileSync(join(folder, name), 'utf8'))),
      )
    } catch {
      return false
    }
  })
}
