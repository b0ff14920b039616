import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'libraries', testTimeout: 240_000, hookTimeout: 120_000, maxConcurrency: 4 },
})
