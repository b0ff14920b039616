import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'frameworks', testTimeout: 900_000, hookTimeout: 120_000 } })
