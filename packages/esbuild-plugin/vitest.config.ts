import { defineProject, type UserWorkspaceConfig } from 'vitest/config'

const config: UserWorkspaceConfig = defineProject({ test: { name: 'esbuild-plugin' } })

export default config
