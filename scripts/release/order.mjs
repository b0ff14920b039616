/**
 * Puts packages that others depend on before these, so that nobody can install one whose dependency is not there yet.
 *
 * @template {{ name: string, manifest: Record<string, any> }} Package
 * @param {Package[]} packages In any order, without cycles.
 * @returns {Package[]} All of them.
 */
export function dependenciesFirst(packages) {
  /** @type {Set<Package>} */
  const ordered = new Set()
  const add = (/** @type {Package} */ added) => {
    for (const other of packages) if (other.name in (added.manifest.dependencies ?? {})) add(other)
    ordered.add(added)
  }
  packages.forEach(add)
  return [...ordered]
}
