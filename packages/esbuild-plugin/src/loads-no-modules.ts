import type { Plugin } from 'esbuild'

const start = String.raw`^(?:async\s*)?(?:function\s*)?[\w$]*\s*`
const withNothing = new RegExp(String.raw`${start}\(\s*\)`)
const withParts = new RegExp(String.raw`${start}\(\s*\{([^{}]*)\}\s*\)`)
const withName = new RegExp(String.raw`${start}\(\s*([\w$]+)\s*\)|^(?:async\s+)?([\w$]+)\s*=>`)

/**
 * Whether the text of a plugin shows that it loads no modules: its `setup` calls nothing `onLoad`, and hands on nothing of which somebody
 * else could. esbuild shows no plugin what others register.
 */
export function loadsNoModules({ setup }: Plugin): boolean {
  const text = String(setup)
  if (/\bonLoad\b|\barguments\b|\beval\b|\[native code\]/.test(text)) return false
  if (withNothing.test(text)) return true
  const parts = withParts.exec(text)?.[1]
  if (parts !== undefined) return !parts.includes('...')
  const [, name, alone] = withName.exec(text) ?? []
  const build = name ?? alone
  if (build === undefined) return false
  const [, ...uses] = Array.from(text.matchAll(/[\w$]+/g)).filter(([word]) => word === build)
  return uses.every(({ index }) => /^\s*\.\s*[\w$]/.test(text.slice(index + build.length)))
}
