import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'frameworks', isolate: false, testTimeout: 900_000, hookTimeout: 120_000 },
})
