import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'folder', testTimeout: 60_000 } })
