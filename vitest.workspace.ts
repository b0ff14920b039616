import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Browser tests first: they take longest, and a long file that comes last leaves the other cores without work. */
class BrowserTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isBrowserTest = ({ moduleId }: TestSpecification) => moduleId.includes('.browser.test.')
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own method.
    const sorted = await super.sort(files)
    return [...sorted.filter(isBrowserTest), ...sorted.filter((file) => !isBrowserTest(file))]
  }
}

/** One project a package: unit and build tests stand beside the sources, browser tests in the playground. */
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.ts', 'playground/*/vitest.config.ts', 'scripts/vitest.config.ts'],
    // Both cores of a small machine; Vitest by itself leaves one of them to its own process, which has little to do.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: BrowserTestsFirst },
  },
})
