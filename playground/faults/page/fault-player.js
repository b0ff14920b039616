/**
 * A step of Cross-Origin Storage, or the network, and what goes wrong in it.
 *
 * @typedef {'detect' | 'lookup' | 'getFile' | 'read' | 'network' | 'create' | 'createWritable' | 'write' | 'close'} Step
 *
 * @typedef {{ kind: 'none' }
 *   | { kind: 'throw' | 'reject', error: string }
 *   | { kind: 'hang' }
 *   | { kind: 'late' }
 *   | { kind: 'late-reject' }
 *   | { kind: 'resolve', value: 'undefined' | 'null' | '[]' | '{}' }
 *   | { kind: 'bytes', bytes: 'truncate' | 'extend' | 'flip' | 'other' | 'empty' }
 *   | { kind: 'type', type: string }} Fault
 */

/** How long a late answer takes: more than the stub waits for it. */
export const lateMilliseconds = 400

/** Plays one fault in one step. */
export class FaultPlayer {
  /** @type {Promise<unknown>[]} What settles after everybody stopped waiting. */
  late = []

  /**
   * @param {Step} step Where.
   * @param {Fault} fault What.
   * @param {Blob} other Another valid module.
   */
  constructor(step, fault, other) {
    this.step = step
    this.fault = fault
    this.other = other
  }

  /**
   * Takes a step.
   *
   * @template T
   * @param {Step} step Which one.
   * @param {() => T} operation What it does.
   * @returns {T} What it returns, or what the fault makes of it.
   */
  play(step, operation) {
    const { fault } = this
    if (step !== this.step) return operation()
    switch (fault.kind) {
      case 'throw':
        throw errorOf(fault.error)
      case 'reject':
        return /** @type {T} */ (Promise.reject(errorOf(fault.error)))
      case 'hang':
        return /** @type {T} */ (new Promise(() => {}))
      case 'late':
      case 'late-reject':
        return /** @type {T} */ (this.delay(operation))
      case 'resolve': {
        const value = { undefined, null: null, '[]': [], '{}': {} }[fault.value]
        return /** @type {T} */ (step === 'detect' ? value : Promise.resolve(value))
      }
      default:
        return operation()
    }
  }

  /** @param {() => unknown} operation What happens at last. */
  delay(operation) {
    const promise = new Promise((resolve, reject) =>
      setTimeout(
        () => (this.fault.kind === 'late' ? resolve(operation()) : reject(errorOf('AbortError'))),
        lateMilliseconds,
      ),
    )
    this.late.push(promise.catch(() => {}))
    return promise
  }

  /**
   * The content of a file or response after damage.
   *
   * @param {Step} step Where.
   * @param {Blob} blob What it was.
   */
  async damage(step, blob) {
    const { fault } = this
    if (step !== this.step) return blob
    if (fault.kind === 'type') return blob.slice(0, blob.size, fault.type)
    if (fault.kind !== 'bytes') return blob
    const { size, type } = blob
    switch (fault.bytes) {
      case 'truncate':
        return blob.slice(0, size - 1, type)
      case 'extend':
        return new Blob([blob, new Uint8Array(1)], { type })
      case 'empty':
        return new Blob([], { type })
      case 'other':
        return this.other
      case 'flip': {
        const bytes = new Uint8Array(await blob.arrayBuffer())
        bytes[size - 2] = (bytes[size - 2] ?? 0) ^ 1
        return new Blob([bytes], { type })
      }
    }
  }
}

/**
 * What is thrown under a name.
 *
 * @param {string} name The name of a `DOMException`, or of what else can be thrown.
 */
export function errorOf(name) {
  if (name === 'undefined') return undefined
  if (name === 'TypeError') return new TypeError('A fault of this test.')
  if (name === 'QuotaExceededError:interface' && 'QuotaExceededError' in globalThis)
    return Reflect.construct(Reflect.get(globalThis, 'QuotaExceededError'), ['A fault of this test.'])
  return new DOMException('A fault of this test.', name.replace(':interface', ''))
}
