import { defineProject, type UserWorkspaceConfig } from 'vitest/config'

const config: UserWorkspaceConfig = defineProject({ test: { name: 'cos-host' } })

export default config
