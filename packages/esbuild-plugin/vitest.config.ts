import { defineProject, type UserWorkspaceConfig } from 'vitest/config'

const config: UserWorkspaceConfig = defineProject({
  test: { name: 'esbuild-plugin', testTimeout: 60_000, hookTimeout: 60_000 },
})

export default config
