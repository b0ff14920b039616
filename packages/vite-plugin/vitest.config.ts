import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'vite-plugin', isolate: false, testTimeout: 60_000, hookTimeout: 60_000 },
})
