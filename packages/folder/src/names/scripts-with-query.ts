/** Where a text names a script with a query: `js/app.js?id=3f0c9a1b2d4e5f60`, in pages, scripts and lists. */
export interface ScriptWithQuery {
  path: string
  query: string
}

/** Finds scripts with queries. Texts are large: what is rare in them is looked for first, and the path read back from there. */
export function* scriptsWithQuery(text: string): Generator<ScriptWithQuery> {
  for (let at = text.indexOf('js?'); at !== -1; at = text.indexOf('js?', at + 1)) {
    const end = at + 'js'.length
    let start = at
    while (start > 0 && pathCharacter.test(text.charAt(start - 1))) start--
    const path = text.slice(start, end)
    query.lastIndex = end + 1
    const [found] = query.exec(text) ?? []
    if (found !== undefined && script.test(path)) yield { path, query: found }
  }
}

const pathCharacter = /[\w@.~+/-]/
const script = /[^/]\.[cm]?js$/
const query = /[\w@.~+=&-]+/y
