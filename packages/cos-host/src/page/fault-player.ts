import { checkFaults, type ErrorName, type Fault, type Faults, type Step } from '../faults.ts'
import { alter } from './alter.ts'
import { toError, toQuotaExceededError } from './errors.ts'

/** Plays the faults that are set at the moment a step is taken. */
export class FaultPlayer {
  #faults: Faults = {}

  get faults(): Faults {
    return this.#faults
  }

  set faults(faults: Faults) {
    checkFaults(faults)
    this.#faults = faults
  }

  /** Throws if the step is to throw synchronously. */
  guard(step: Step): void {
    const fault = this.#faults[step]
    if (fault !== undefined && 'throw' in fault) throw faultOf(fault.throw)
  }

  /** The value of a step that is no promise, or what it is to be instead. */
  value<T>(step: Step, value: T): T {
    this.guard(step)
    const fault = this.#faults[step]
    return fault !== undefined && 'resolve' in fault ? (literal(fault.resolve) as T) : value
  }

  /** Takes a step, or has it go wrong. */
  run<T>(step: Step, operation: () => Promise<T>): Promise<T> {
    this.guard(step)
    const fault = this.#faults[step]
    return fault === undefined ? operation() : play(fault, operation)
  }

  /** Bytes as a step is to see them. */
  async alter(step: Step, blob: Blob): Promise<Blob> {
    const fault = this.#faults[step]
    return fault !== undefined && 'bytes' in fault && fault.bytes !== undefined
      ? alter(blob, fault.bytes)
      : blob
  }

  /** A file with the faults of `getFile` in it and those of `read` upon it. */
  async spoil(file: File): Promise<File> {
    const fault = this.#faults.getFile
    const type = fault !== undefined && 'type' in fault && fault.type !== undefined ? fault.type : file.type
    const altered = await this.alter('getFile', file)
    const spoiled = altered === file && type === file.type ? file : new File([altered], file.name, { type })
    return this.#faults.read === undefined ? spoiled : this.#spoilReading(spoiled)
  }

  /** The methods that read are replaced; `size` and `type` stay true. */
  #spoilReading(file: File): File {
    const original = file.slice(0, file.size, file.type)
    const read =
      <T>(use: (blob: Blob) => Promise<T>) =>
      () =>
        this.run('read', async () => use(await this.alter('read', original)))
    return Object.defineProperties(file, {
      arrayBuffer: { value: read((blob) => blob.arrayBuffer()) },
      bytes: { value: read(async (blob) => new Uint8Array(await blob.arrayBuffer())) },
      text: { value: read((blob) => blob.text()) },
      stream: {
        value: () => {
          this.guard('read')
          return delayedStream(read(async (blob) => blob.stream()))
        },
      },
    })
  }
}

async function play<T>(fault: Fault, operation: () => Promise<T>): Promise<T> {
  const { delay } = fault
  if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay))
  if ('reject' in fault) throw faultOf(fault.reject)
  if ('hang' in fault) return new Promise<T>(() => {})
  if ('resolve' in fault) return literal(fault.resolve) as T
  return operation()
}

/** A stream that has to be had at once, of bytes that come later or never. */
function delayedStream(open: () => Promise<ReadableStream<Uint8Array>>): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const fail = (error: unknown) => writable.abort(error)
  open()
    .then((source) => source.pipeTo(writable), fail)
    .catch(fail)
  return readable
}

function literal(value: unknown): unknown {
  return value === 'undefined' ? undefined : value
}

function faultOf(name: ErrorName): unknown {
  const message = `A fault set for this test: ${name}.`
  if (name === 'undefined') return undefined
  return name === 'QuotaExceededError:interface' ? toQuotaExceededError(message) : toError(name, message)
}
