import { type Arbitrary, array, constantFrom, letrec, oneof, tuple } from 'fast-check'

// Programs with `fetch` in every syntactic position, bound and free, for the tests of the injection. `log` and `own`
// are functions that the test provides: `own` stands for any function that a program calls `fetch` itself.

/** Where `fetch` is read or called. */
const uses = [
  "log(fetch('u'))",
  "log(fetch(...['u', 1]))",
  "log((0, fetch)('u'))",
  "log(window.fetch('u'))",
  "log(self['fetch']('u'))",
  "log(globalThis?.fetch('u'))",
  "log(window.fetch?.('u'))",
  "log(fetch?.('u'))",
  "log(fetch.call(null, 'u'))",
  "log(fetch.apply(undefined, ['u']))",
  "log(fetch.call(this, 'u'))",
  "log(self.fetch.apply(self, ['u']))",
  "log((function () { return fetch.apply(this, arguments) }).call({}, 'u'))",
  "log(fetch.bind(null)('u'))",
  "log(Reflect.apply(fetch, undefined, ['u']))",
  "log(new Promise((resolve) => resolve(fetch('u'))).catch(own) instanceof Promise)",
  'log(typeof fetch)',
  'log(typeof window.fetch)',
  'log(fetch.name)',
  'log(fetch ? 1 : 2)',
  "log(fetch && fetch('u'))",
  "log((fetch || own)('u'))",
  "log((fetch ?? own)('u'))",
  'log(!fetch)',
  'log(fetch === window.fetch)',
  "log('fetch' in window)",
  'log(fetch instanceof Function)',
  'if (fetch) log(1)',
  'fetch',
  'void fetch',
  "log([fetch][0]('u'))",
  "log([...[fetch]][0]('u'))",
  "log({ fetch }.fetch('u'))",
  "log({ fetch: fetch }.fetch('u'))",
  "log({ ['fetch']: fetch }.fetch('u'))",
  "log({ fetch() { return fetch('u') } }.fetch())",
  "log({ get fetch() { return fetch } }.fetch('u'))",
  'log({ [typeof fetch]: 1 }.function)',
  "log(own.fetch?.('u'))",
  "log({ fetch: own }.fetch('u'))",
  "var { fetch: taken } = window; log(taken('u'))",
  "var { fetch: given = fetch } = {}; log(given('u'))",
  "var [first = fetch] = []; log(first('u'))",
  "log(((call = fetch) => call('u'))())",
  "log((function (call = fetch) { return call('u') })())",
  "log((({ call = fetch }) => call('u'))({}))",
  "log((() => fetch)()('u'))",
  "log((() => fetch('u'))())",
  "log((async () => fetch('u'))().catch(own) instanceof Promise)",
  "log(function* () { yield fetch }().next().value('u'))",
  "log(new (class { call = fetch; run() { return (0, this.call)('u') } })().run())",
  "log((class { static call = fetch }).call.call(undefined, 'u'))",
  "log(new (class { fetch() { return fetch('u') } })().fetch())",
  "log(new (class { #fetch = fetch; run() { return (0, this.#fetch)('u') } })().run())",
  'log(`${typeof fetch}`)',
  "log(`${fetch('u')}`)",
  'fetch`u`',
  'fetch: for (;;) { log(1); break fetch }',
  "for (var call of [fetch]) log(call('u'))",
  "switch (fetch) { case window.fetch: log(fetch('u')) }",
  "while (fetch) { log(fetch('u')); break }",
  "log(eval('typeof fetch'))",
  "log(fetch('u'), fetch\n('v'))",
  "log(fetch/* comment */('u'))",
  "log(window\n.fetch\n('u'))",
  "log((fetch)('u'))",
  "log(fetch ('u')) // fetch('comment')\n",
  "log('fetch', /fetch/.test('fetch'))",
  'throw fetch',
  "try { fetch.none.none } catch (error) { log(fetch('u')) }",
  "log(own(fetch)('u'))",
  "new fetch('u')",
  "new (fetch('u').constructor)()",
  "log(void fetch('u'))",
  "log((() => { return fetch('u') })())",
  "log((() => { return\nfetch('u') })())",
  "log((function* () { yield fetch('u') })().next().value)",
  "log(...[...fetch('u')])",
  "log(fetch('u') in {}, fetch('u') instanceof Object)",
  "log(delete fetch('u').none)",
  "log(class extends (fetch('u'), Object) {})",
  "log({ fetch, own }.fetch('u'))",
  "log(window?.fetch('u'))",
  "for (var call of fetch('u')) log(call)",
  "if (!fetch) ; else fetch('u')",
  "do fetch('u'); while (!fetch('u'))",
  // A statement that ends with its line, before one that begins with `fetch`.
  "own\nfetch('u')",
  "var line = own\nfetch('u')",
  "log(1)\nfetch\n('u')",
  "var line = () => {}\nwindow.fetch('u')",
  "var line = {}\nfetch?.('u')",
  "do log(1); while (!fetch)\nfetch('u')",
  "label: fetch('u')",
  "switch (1) { case 1: log(1)\nfetch('u')\ndefault: fetch('v') }",
  "(class { static { log(1)\nfetch('u') } })",
  "(function () { 'use strict'\nfetch('u') })()",
]

/** Where `fetch`, `window` or a name that the stub uses is bound, around other statements. */
const bindings = [
  (inner: string) => `{ let fetch = own; ${inner} }`,
  (inner: string) => `{ ${inner}; let fetch = own }`,
  (inner: string) => `(function (fetch) { ${inner} })(own)`,
  (inner: string) => `((fetch) => { ${inner} })(own)`,
  (inner: string) => `(({ fetch }) => { ${inner} })({ fetch: own })`,
  (inner: string) => `((...fetch) => { ${inner} })(own)`,
  (inner: string) => `(() => { ${inner}; function fetch(...args) { return own(...args) } })()`,
  (inner: string) => `(() => { ${inner}; var fetch = own; ${inner} })()`,
  (inner: string) => `(() => { { function fetch(...args) { return own(...args) } } ${inner} })()`,
  (inner: string) =>
    `(function fetch(first) { if (first === own) { ${inner} } else return own(first) })(own)`,
  (inner: string) => `(class fetch { static run() { ${inner} } }).run()`,
  (inner: string) => `(class { static { ${inner}; var fetch = own } })`,
  (inner: string) => `try { throw own } catch (fetch) { ${inner} }`,
  (inner: string) => `try { throw [own] } catch ([fetch]) { ${inner} }`,
  (inner: string) => `for (const fetch of [own]) { ${inner} }`,
  (inner: string) => `for (let fetch = own, once = true; once; once = false) { ${inner} }`,
  (inner: string) => `switch (1) { case 1: ${inner}; let fetch = own }`,
  (inner: string) => `((window) => { ${inner} })({ fetch: own })`,
  (inner: string) => `{ const self = { fetch: own }; ${inner} }`,
  (inner: string) => `((call = fetch) => { var fetch = own; ${inner}; log(call('u')) })()`,
  (inner: string) => `((fetch = own, call = fetch) => { ${inner}; log(call('u')) })()`,
  (inner: string) => `((call = () => fetch('u')) => { log(call()); ${inner} })()`,
  (inner: string) => `(function () { ${inner} })()`,
  (inner: string) => `(() => { ${inner} })()`,
  (inner: string) => `(async () => { ${inner} })().catch(() => {})`,
  (inner: string) => `if (typeof fetch === 'function') { ${inner} }`,
  // A function that is made anew from its own text.
  (inner: string) => `(0, eval)('(' + function () { ${inner} } + ')')()`,
  (inner: string) => `new Function('return ' + ((call = fetch) => { ${inner}; log(call('u')) }))()()`,
]

/** Bindings of what the stub itself uses: it must not take them for the platform's. */
const shadows = [
  'URL',
  'Request',
  'Response',
  'Promise',
  'Object',
  'location',
  'performance',
  'navigator',
  'self',
]

/** Statements, nested in bindings. */
const statements: Arbitrary<string> = letrec<{ list: string; one: string }>((tie) => ({
  list: array(tie('one'), { minLength: 1, maxLength: 4, depthIdentifier: 'nesting' }).map((all) =>
    all.join(';\n'),
  ),
  one: oneof(
    { depthIdentifier: 'nesting', maxDepth: 3, withCrossShrink: true },
    constantFrom(...uses).map((use) => (/^(var|throw)/.test(use) ? `{ ${use} }` : use)),
    tuple(constantFrom(...bindings), tie('list')).map(([bind, inner]) => guarded(bind(inner))),
    tuple(constantFrom(...shadows), tie('list')).map(([name, inner]) =>
      guarded(`(function (${name}) { ${inner} })()`),
    ),
  ),
})).list

/** What throws is a part of the trace, and the rest goes on. */
function guarded(statement: string): string {
  return `try { ${statement} } catch (error) { log(error instanceof Error ? error.name : 1) }`
}

/** What stands first in a file and must stay there. */
const beginnings = [
  '',
  "'use strict';\n",
  '/* banner */\n',
  '#!/usr/bin/env node\n',
  "#!/usr/bin/env node\n'use strict'\n",
]
const ends = [
  '',
  '\n',
  '\n//# sourceMappingURL=chunk.js.map',
  '\n//# sourceMappingURL=chunk.js.map\n',
  '\n// end',
  ';',
]

/** A whole classic script, which mentions wasm so that it takes part. */
export const programs: Arbitrary<string> = tuple(
  constantFrom(...beginnings),
  statements,
  constantFrom(...ends),
).map(
  ([beginning, body, end]) => `${beginning}${guarded(body)}\nif (false) WebAssembly.compile('a.wasm')${end}`,
)
