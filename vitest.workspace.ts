import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Project by project, those with most browser tests first, and these before the others of a project: what takes longest
 * comes first, so that no core is without work at the end. Files of a project follow each other because they share a
 * worker (`isolate: false`), in which bundlers are loaded once and get warm.
 */
class ProjectByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isBrowserTest = ({ moduleId }: TestSpecification) => moduleId.includes('.browser.test.')
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own method.
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project.name))].map((name) => {
      const own = sorted.filter(({ project }) => project.name === name)
      const browserTests = own.filter(isBrowserTest)
      return { browserTests, others: own.filter((file) => !isBrowserTest(file)) }
    })
    return projects
      .toSorted((a, b) => b.browserTests.length - a.browserTests.length)
      .flatMap(({ browserTests, others }) => [...browserTests, ...others])
  }
}

/** One project a package: unit and build tests stand beside the sources, browser tests in the playground. */
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.ts', 'playground/*/vitest.config.ts', 'scripts/vitest.config.ts'],
    // Both cores of a small machine; Vitest by itself leaves one of them to its own process, which has little to do.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: ProjectByProject },
  },
})
