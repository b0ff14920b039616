import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'examples', isolate: false, testTimeout: 120_000, hookTimeout: 240_000 },
})
