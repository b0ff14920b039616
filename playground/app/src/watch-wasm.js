/**
 * @typedef {object} WasmFile
 * @property {string} name The file's name, without its folder.
 * @property {'hit' | 'cached' | 'miss' | 'plain' | 'error'} outcome From COS; from the HTTP cache, which this site's own download
 * has filled; not in COS; COS not asked; COS asked in vain.
 * @property {number} size The file's size in bytes.
 * @property {number} bytes Bytes that came over the network.
 * @property {number} milliseconds From the request to the last byte.
 * @property {boolean} stored Whether this visit put a copy into COS.
 * @property {string} [reason] Why, after an error.
 */

/**
 * @typedef {object} Watch
 * @property {() => WasmFile[]} files What is known so far.
 * @property {Promise<void>} arrived Settles once the bytes of a wasm file have arrived, from wherever.
 */

/**
 * Watches how wasm files reach this page, by the browser's own records: Resource Timing for what came over the
 * network, User Timing (`wasm-cos:*`) for what the loader did. Both are buffered, so watching late misses nothing.
 *
 * @param {(files: WasmFile[]) => void} onChange Called with all files when something is known about one.
 * @returns {Watch} What is known.
 */
export function watchWasm(onChange) {
  /** @type {Map<string, WasmFile>} */
  const files = new Map()
  /** When each file was first asked for. @type {Map<string, number>} */
  const starts = new Map()
  /** @type {() => void} */
  let arrive
  /** @type {Promise<void>} */
  const arrived = new Promise((resolve) => (arrive = resolve))

  /**
   * @param {string} url The file's URL.
   * @param {number} start When it was asked for.
   */
  const fileAt = (url, start) => {
    const file = files.get(url) ?? {
      name: new URL(url).pathname.replace(/.*\//, ''),
      outcome: 'plain',
      size: 0,
      bytes: 0,
      milliseconds: 0,
      stored: false,
    }
    files.set(url, file)
    starts.set(url, Math.min(start, starts.get(url) ?? start))
    return file
  }

  /** @param {PerformanceResourceTiming} entry A file that came over the network. */
  const onResource = (entry) => {
    if (!new URL(entry.name).pathname.endsWith('.wasm')) return
    const file = fileAt(entry.name, entry.startTime)
    file.size = entry.decodedBodySize
    file.bytes += entry.transferSize === 0 ? 0 : entry.encodedBodySize
    file.milliseconds = entry.responseEnd - (starts.get(entry.name) ?? entry.startTime)
    arrive()
  }

  /** @param {PerformanceMeasure} entry What the loader did about a file. */
  const onMeasure = ({ name, detail, startTime, duration }) => {
    const event = /^wasm-cos:(hit|cached|miss|store|error)$/.exec(name)?.[1]
    if (event === undefined) return
    const file = fileAt(detail.url, startTime)
    file.size = detail.size
    if (event === 'store') file.stored = true
    if (event === 'error') file.reason = detail.reason
    if (event !== 'store') file.outcome = /** @type {WasmFile['outcome']} */ (event)
    if (event === 'hit' || event === 'cached') {
      file.milliseconds = duration
      arrive()
    }
  }

  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceResourceTiming) onResource(entry)
      if (entry instanceof PerformanceMeasure) onMeasure(entry)
    }
    if (files.size > 0) onChange([...files.values()])
  })
  observer.observe({ type: 'resource', buffered: true })
  observer.observe({ type: 'measure', buffered: true })
  return { files: () => [...files.values()], arrived }
}
