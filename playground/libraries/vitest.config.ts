import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'libraries', testTimeout: 600_000, hookTimeout: 120_000, maxConcurrency: 4 },
})
