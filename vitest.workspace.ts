import { defineConfig } from 'vitest/config'

/** One project a package: unit and build tests stand beside the sources, browser tests in the playground. */
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.ts', 'playground/*/vitest.config.ts', 'scripts/vitest.config.ts'],
  },
})
