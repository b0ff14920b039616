import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'folder', isolate: false, testTimeout: 60_000 } })
