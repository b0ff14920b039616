import { buildPackages, install, pnpm } from '../../scripts/setup.mjs'

// `pnpm libraries [name…]`: installs what is missing, runs the programs and writes README.md.

if (!(await install()) || !(await buildPackages())) process.exit(1)
process.env.WASM_COS_LIBRARIES = process.argv.slice(2).join('|') || 'all'
const succeeded = await pnpm(['run', 'vitest', '--project', 'libraries'], 'show')
process.exitCode = succeeded ? 0 : 1
