import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'matrix', testTimeout: 120_000, hookTimeout: 120_000, isolate: false },
})
