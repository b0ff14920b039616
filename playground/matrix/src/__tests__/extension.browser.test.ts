import { extensionPath, revisit, serve, visit, waitForEvents, withExtension } from '@wasm-cos/harness'
import { describe, expect, test } from 'vitest'
import { buildCell } from '../app.ts'
import { cells } from '../table.ts'

/** The real implementation; it leaves workers alone. */
describe.skipIf(extensionPath === undefined)('with the Cross-Origin Storage extension', () => {
  test.each(cells.filter(({ style }) => !style.inWorker).map((cell) => [cell.label, cell] as const))(
    '%s: downloaded once for two origins',
    async (_, cell) => {
      // Same-site visibility needs the Public Suffix List, which the extension fetches from the web.
      const outDir = await buildCell(cell, { origins: '*' })
      const [a, b] = await Promise.all([serve(outDir), serve(outDir)])
      const context = await withExtension()

      const first = await visit(context, a.url)
      expect(first.result).toBe(cell.style.result)
      expect(a.requested(/\.wasm(\?|$)/)).toHaveLength(1)
      await waitForEvents(first.page, 'store')

      const second = await visit(context, b.url)
      expect(second.result).toBe(cell.style.result)
      expect(second.events).toMatchObject([{ type: 'hit' }])
      expect(b.requested(/\.wasm(\?|$)/)).toEqual([])

      a.forget()
      expect((await revisit(first)).result).toBe(cell.style.result)
      expect(a.requested(/\.wasm(\?|$)/)).toEqual([])

      await context.close()
      await Promise.all([a.close(), b.close()])
    },
  )
})
