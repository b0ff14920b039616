import { buildPackages, install, pnpm } from '../../scripts/setup.mjs'

// `pnpm frameworks [name…]`: installs, builds, starts and visits the applications and writes README.md.

if (!(await install()) || !(await buildPackages())) process.exit(1)
process.env.WASM_COS_FRAMEWORKS = process.argv.slice(2).join('|') || 'all'
const succeeded = await pnpm(['run', 'vitest', '--project', 'frameworks'], 'show')
process.exitCode = succeeded ? 0 : 1
