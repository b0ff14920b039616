export { extensionPath, launch, withExtension } from './browser.ts'
export { readEvents, waitForEvents, type CosEvent } from './events.ts'
export { serve, withScript } from './serve.mjs'
export { revisit, visit, type Visit } from './visit.ts'
