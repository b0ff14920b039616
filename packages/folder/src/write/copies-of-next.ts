/**
 * Adds the copies of edited files that a server without the project has, where they have been copied by now: its pages name
 * the same files.
 *
 * @param edited New texts by name.
 */
export function editCopiesOfNext(edited: Map<string, string>, texts: ReadonlyMap<string, string>): void {
  const names = [...texts.keys()].filter((name) => /^standalone\/.*\/static\//.test(name))
  for (const [name, text] of edited) {
    if (!name.startsWith('static/')) continue
    for (const copy of names) {
      if (copy.endsWith(`/${name}`) && texts.get(copy) === texts.get(name)) edited.set(copy, text)
    }
  }
}
