import { defineProject, type UserWorkspaceConfig } from 'vitest/config'

/** Generous limits: most tests open pages in a browser, and machines of two cores run several at a time. */
const config: UserWorkspaceConfig = defineProject({
  test: { name: 'cos-host', isolate: false, testTimeout: 30_000, hookTimeout: 60_000 },
})

export default config
