/** Flags that may have a value and need none: it belongs to them only behind `=`, for the folder may come next. */
const optionalValues: Record<string, string> = { inject: '--manifest' }

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
    return arg.replace(/^--(?!no-)[a-z-]+/, camelCase)
  })
}

function camelCase(flag: string): string {
  return flag.replace(/(?<=[a-z])-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
