/**
 * What the outputs of a project know of each other, by the folder of the project. It stays as long as the process does and belongs
 * to no build: Vite builds each environment by itself, maybe with a plugin of its own, and frameworks call Vite several times, so
 * that the folder is all that these builds have in common. Nothing says which of them is the last.
 */
interface ProjectOutputs {
  /** The hashes of the files that outputs share so far. */
  shared: Set<string>
  /**
   * The paths of the files of outputs that are left alone: in the folder of another output they are no copies. Astro builds there
   * what renders its pages.
   */
  leftAlone: Set<string>
}

const projects = new Map<string, ProjectOutputs>()

/** The outputs of a project so far. */
export function outputsOf(root: string): ProjectOutputs {
  const outputs = projects.get(root) ?? { shared: new Set(), leftAlone: new Set() }
  projects.set(root, outputs)
  return outputs
}
