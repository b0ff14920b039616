import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'libraries', isolate: false, testTimeout: 600_000, hookTimeout: 120_000, maxConcurrency: 4 },
})
