/**
 * One way through a load.
 *
 * @typedef {object} Way
 * @property {string} label What the page calls it.
 * @property {string} way A key of `ways` in page.js.
 * @property {'same' | 'other'} [after] Which module the page has loaded before, twice, in this way.
 */

/**
 * Ways that are held against one of them.
 *
 * @typedef {object} Experiment
 * @property {string} title Of its chart.
 * @property {string[]} modules The packages.
 * @property {string} reference The key of the way that the others are divided by.
 * @property {Record<string, Way>} ways By key.
 */

const emscripten = "look up, read, compile: Emscripten's way"
const verified = 'look up, read, hash, compile a Response of a stream'
const trusted = 'look up, compile a Response of the file'

/** @type {Record<string, Experiment>} By the name of their results. */
export const experiments = {
  'hit-parts': {
    title: 'What a hit consists of',
    modules: ['canvaskit-wasm', '@ffmpeg/core'],
    reference: 'compile',
    ways: {
      lookUp: { label: 'look up', way: 'lookUp' },
      read: { label: '… and read', way: 'read' },
      hash: { label: '… and hash', way: 'hash' },
      compile: { label: emscripten, way: 'compile' },
      compileHashed: { label: 'look up, read, hash, compile', way: 'compileHashed' },
      compileBeside: { label: 'look up, read, hash and compile at the same time', way: 'compileBeside' },
      respondHashed: {
        label: 'look up, read, hash, compile a Response of the bytes',
        way: 'respondHashed',
      },
      streamHashed: { label: verified, way: 'streamHashed' },
      streamHashedParts: {
        label: 'look up, read and hash 4 MB each at the same time, compile a Response of a stream',
        way: 'streamHashedParts',
      },
      fetchIntact: {
        label: 'look up, fetch an object URL of the file with `integrity`, compile',
        way: 'fetchIntact',
      },
      stream: { label: trusted, way: 'stream' },
    },
  },
  'hit-again': {
    title: 'The same hits in a page that has loaded before',
    modules: ['canvaskit-wasm', 'esbuild-wasm', '@ffmpeg/core'],
    reference: 'compile',
    ways: {
      compile: { label: `${emscripten}, the same module for the third time`, way: 'compile', after: 'same' },
      streamHashed: { label: `${verified}, the same module`, way: 'streamHashed', after: 'same' },
      stream: { label: `${trusted}, the same module`, way: 'stream', after: 'same' },
      compileOther: { label: `${emscripten}, after another module`, way: 'compile', after: 'other' },
      streamHashedOther: { label: `${verified}, after another module`, way: 'streamHashed', after: 'other' },
      streamOther: { label: `${trusted}, after another module`, way: 'stream', after: 'other' },
    },
  },
  'miss-parts': {
    title: 'What a miss consists of, at loopback',
    modules: ['sql.js', 'canvaskit-wasm', '@ffmpeg/core'],
    reference: 'fetch',
    ways: {
      fetch: { label: 'fetch, compile: a plain page', way: 'fetch' },
      missFetch: { label: 'look up in vain, fetch, compile', way: 'missFetch' },
      missFetchCopy: { label: '… and copy the response', way: 'missFetchCopy' },
      missFetchHash: { label: '… and hash the copy', way: 'missFetchHash' },
    },
  },
}
