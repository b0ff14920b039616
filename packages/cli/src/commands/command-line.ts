/** Flags that may have a value and need none: it belongs to them only behind `=`, for the folder may come next. */
const optionalValues: Record<string, string> = { inject: '--manifest' }

/** Flags whose value is a path: cac makes a number of a value that looks like one. */
const pathFlags: ReadonlySet<string> = new Set(['--config', '--html', '--project', '--public-hash-list'])

/**
 * Arguments as cac reads them right. It knows a flag of several words by its name in camel case only, and takes what
 * stands behind `--update-integrity` for that flag's value: the folder.
 *
 * @param args What stands behind the program's name.
 */
export function commandLine(args: string[]): string[] {
  const command = args.find((arg) => Object.hasOwn(optionalValues, arg))
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return args.map((arg, index) => {
    if (index >= end) return arg
    if (command !== undefined && arg === optionalValues[command]) return `${arg}=true`
    if (index > 0 && !arg.startsWith('--') && pathFlags.has(args[index - 1]!)) return pathOf(arg)
    const [flag, value] = arg.split(/=(.*)/s)
    if (value !== undefined && pathFlags.has(flag!)) return `${camelCase(flag!)}=${pathOf(value)}`
    return arg.replace(/^--(?!no-)[a-z-]+/, camelCase)
  })
}

function camelCase(flag: string): string {
  return flag.replace(/(?<=[a-z])-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function pathOf(value: string): string {
  return value !== '' && Number.isFinite(Number(value)) ? `./${value}` : value
}
