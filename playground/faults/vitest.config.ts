import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'faults', isolate: false, testTimeout: 600_000, hookTimeout: 60_000 },
})
