import { cases } from '../load-time/cases.mjs'
import { megabytes } from '../modules.mjs'
import { compare, show } from '../report/statistics.mjs'

/** @type {Record<string, (results: any) => string[][]>} The rows of each benchmark, the head first. */
export const tables = {
  'load-time': ({ modules }) => [
    ['module', 'ratio', 'target', 'to a compiled module', 'in ms', 'to a first call'],
    ...modules.flatMap((/** @type {any} */ { name, size, ratios, times }) =>
      [...ratios, ...gainWithoutTarget(ratios, times)].map(
        (/** @type {any} */ { of, to, most, compiled, called }) => [
          `${name}, ${megabytes(size)}`,
          `${labelOf(of)} / ${labelOf(to)}`,
          most === undefined ? '' : `≤ ${most}`,
          judged(compiled, most),
          `${times[of].compiled.median.toFixed(0)} / ${times[to].compiled.median.toFixed(0)}`,
          called === undefined ? '' : judged(called, most),
        ],
      ),
    ),
  ],

  parts: ({ modules, reference }) => [
    ['module', 'what a loader does', 'ms', `/ ${reference.replace(/.*: |, the same.*/g, '')}`],
    ...modules.flatMap((/** @type {any} */ { name, size, ways }) =>
      ways.map((/** @type {any} */ { label, time, ratio }) => [
        `${name}, ${megabytes(size)}`,
        label,
        show(time, 1),
        show(ratio),
      ]),
    ),
  ],

  'first-use': ({ results }) => [
    ['what a hit uses for the first time', 'ms'],
    ...results.map((/** @type {any} */ { name, time }) => [name, show(time)]),
  ],

  'code-cache': ({ results }) => [
    [
      'from the third visit on',
      'compiled, ms',
      'ten queries answered, ms',
      'target',
      '/ plain page',
      'visits with code from the cache',
    ],
    ...results.map((/** @type {any} */ { label, compiled, worked, ratio, most, visits }) => [
      label,
      show(compiled, 1),
      show(worked, 0),
      most === undefined ? '' : `≤ ${most}`,
      judged(ratio, most),
      `${visits.filter((/** @type {any} */ visit) => visit.visit > 1 && visit.deserialised > 0).length} of ${visits.length - 1}`,
    ]),
  ],

  'build-cost': ({ results }) => [
    [
      'application',
      'bundler',
      'target',
      'time with / without',
      'hashing alone / without',
      'hashing and parsing alone / without',
      'without, ms',
      'memory with / without',
      'without, MB',
    ],
    ...results.map(
      (
        /** @type {any} */ { app, bundler, most, time, hash, hashAndParse, without, memory, memoryWithout },
      ) => [
        app,
        bundler,
        `≤ ${most}`,
        judged(time, most),
        show(hash),
        show(hashAndParse),
        show(without, 0),
        show(memory),
        show(memoryWithout, 0),
      ],
    ),
  ],

  'warm-builds': ({ results }) => [
    ['application', 'bundler', 'target', 'time with / without', 'more, ms', 'without, ms'],
    ...results.map((/** @type {any} */ { app, bundler, most, mostMore, time, more, without }) => [
      app,
      bundler,
      `≤ ${most}${mostMore === undefined ? '' : `, or ${mostMore} ms more`}`,
      `${show(time)} ${time.median <= most || more.median <= (mostMore ?? 0) ? '✓' : '✗'}`,
      show(more, 0),
      show(without, 0),
    ]),
  ],

  renaming: ({ results }) => [
    ['chunks', 'names', 'target, ms', 'ms', '/ half as many'],
    ...results.map((/** @type {any} */ { chunks, names, most, growth, mostGrowth, time }) => [
      String(chunks),
      names,
      most === undefined ? '' : `≤ ${most}`,
      `${show(time, 0)}${most === undefined ? '' : time.median <= most ? ' ✓' : ' ✗'}`,
      growth === undefined ? '' : `${growth.toFixed(2)} ${growth <= mostGrowth ? '✓' : `✗ ≤ ${mostGrowth}`}`,
    ]),
  ],

  'large-folder': ({ results }) => [
    ['wasm', 'scripts', 'inject, s', '`openssl dgst`, s', 'inject / `openssl dgst`', 'peak memory, MB'],
    ...results.map((/** @type {any} */ { size, scripts, inject, openssl, ratio, memory }) => [
      `${size} MB`,
      String(scripts),
      show(inject, 1),
      show(openssl, 1),
      show(ratio),
      show(memory, 0),
    ]),
  ],

  'chunk-curve': ({ results }) => [
    ['chunks', "the plugin's hooks, ms", 'all the rest, ms', 'all / all the rest'],
    ...results.map((/** @type {any} */ { chunks, hooks, rest, ratio }) => [
      String(chunks),
      show(hooks, 0),
      show(rest, 0),
      show(ratio),
    ]),
  ],

  hashing: ({ results }) => [
    ['file', 'target', 'core / openssl', 'core, MB/s', 'openssl, MB/s'],
    ...results.map((/** @type {any} */ { name, size, ratio, core, openssl }) => [
      `${name}, ${megabytes(size)}`,
      '≥ 0.95',
      `${show(ratio)} ${ratio.median >= 0.95 ? '✓' : '✗'}`,
      show(core, 0),
      show(openssl, 0),
    ]),
  ],

  'stub-size': ({ rows }) => [
    ['loader', 'minified, B', 'gzip, B', 'brotli, B'],
    ...rows.map((/** @type {any} */ { name, minified, gzip, brotli }) => [
      name,
      String(minified),
      String(gzip),
      String(brotli),
    ]),
  ],

  'many-files': ({ results }) => [
    ['200 files', 'all compiled, ms', "/ Emscripten's hit", 'all stored, ms'],
    ...results.map((/** @type {any} */ { label, loaded, toEmscriptenHit, stored }) => [
      label,
      show(loaded, 0),
      show(toEmscriptenHit),
      stored === undefined ? '' : show(stored, 0),
    ]),
  ],
}

/** @param {string} name A key of `cases`. */
function labelOf(name) {
  return cases[name]?.label ?? name
}

/** @type {(ratio: import('../report/statistics.mjs').Summary, most?: number) => string} */
function judged(ratio, most) {
  if (most === undefined) return show(ratio)
  // One that misses by less than the digits show would look as if it met the target.
  const digits = ratio.median > most && Number(ratio.median.toFixed(2)) <= most ? 3 : 2
  return `${show(ratio, digits)} ${ratio.median <= most ? '✓' : '✗'}`
}

/**
 * What a hit takes of the time of a plain page, on networks and of modules where it has no target.
 *
 * @param {{ of: string, to: string }[]} ratios Those with a target.
 * @param {any} times Of each case.
 */
function gainWithoutTarget(ratios, { hit, plain }) {
  if (ratios.some(({ of, to }) => of === 'hit' && to === 'plain')) return []
  const [hits, loads] = [hit, plain].map(({ runs }) =>
    runs.map((/** @type {{ compiled: number }} */ { compiled }) => compiled),
  )
  return [{ of: 'hit', to: 'plain', compiled: compare(hits, loads) }]
}
