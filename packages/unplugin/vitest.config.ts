import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'unplugin', hookTimeout: 60_000 } })
