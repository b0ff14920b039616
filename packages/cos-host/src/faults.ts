/** The steps of a page's way through the API at which a fault can strike. */
export const steps = [
  'detect',
  'lookup',
  'getFile',
  'read',
  'create',
  'createWritable',
  'write',
  'close',
] as const
/**
 * `detect`: the getter of `navigator.crossOriginStorage`; `lookup` and `create`: `getFileHandle()` without and
 * with `create`; `read`: `arrayBuffer()`, `bytes()`, `text()` and `stream()` of a file; the others: the methods of their name.
 */
export type Step = (typeof steps)[number]

/** What a step can fail with. */
export const errorNames = [
  'AbortError',
  'DataError',
  'InvalidStateError',
  'NetworkError',
  'NotAllowedError',
  'NotFoundError',
  'NotReadableError',
  'NotSupportedError',
  'OperationError',
  'QuotaExceededError',
  'QuotaExceededError:interface',
  'SecurityError',
  'TimeoutError',
  'TypeError',
  'UnknownError',
  'undefined',
] as const
/**
 * A `DOMException` of that name, except: `TypeError` is one, `undefined` is no error at all, and
 * `QuotaExceededError:interface` is an instance of the newer `QuotaExceededError` class where the browser has it.
 */
export type ErrorName = (typeof errorNames)[number]

/** What can happen to bytes. */
const byteFaults = ['truncate', 'extend', 'flip', 'replace', 'empty'] as const
/** The second half lost; one byte too many; one bit flipped; other bytes, as many; none at all. */
export type ByteFault = (typeof byteFaults)[number]

/** What goes wrong at a step. */
export type Fault = {
  /** Milliseconds that the step takes, before whatever else happens. */
  delay?: number
} & (
  | { throw: ErrorName }
  | { reject: ErrorName }
  /** Never settles. */
  | { hang: true }
  /** Resolves to this value instead, a JSON value or the string `'undefined'`; nothing is done. */
  | { resolve: unknown }
  /** Other bytes (`getFile`, `read`, `write`), another media type (`getFile`). */
  | { bytes?: ByteFault; type?: string }
)

/** At most one fault a step. */
export type Faults = { [step in Step]?: Fault }

const outcomes = ['throw', 'reject', 'hang', 'resolve']
const alterations: Partial<Record<Step, string[]>> = {
  getFile: ['bytes', 'type'],
  read: ['bytes'],
  write: ['bytes'],
}

/**
 * Checks faults, because one that is misspelt would make a test pass that tests nothing.
 *
 * @throws {TypeError} Names the step, the key and what could stand there.
 */
export function checkFaults(faults: unknown): asserts faults is Faults {
  for (const [step, fault] of Object.entries(asObject(faults, 'Faults'))) {
    oneOf(step, steps, 'A step')
    checkFault(step as Step, asObject(fault, `The fault at "${step}"`))
  }
}

function checkFault(step: Step, fault: Record<string, unknown>): void {
  const keys = Object.keys(fault)
  const possible =
    step === 'detect' ? ['throw', 'resolve'] : [...outcomes, 'delay', ...(alterations[step] ?? [])]
  for (const key of keys) oneOf(key, possible, `A key of the fault at "${step}"`)
  if (keys.length === 0) throw new TypeError(`The fault at "${step}" is empty: leave the step out.`)

  const chosen = keys.filter((key) => key !== 'delay')
  if (chosen.length > 1 && chosen.some((key) => outcomes.includes(key))) {
    throw new TypeError(`The fault at "${step}" has ${chosen.join(' and ')}: choose one.`)
  }
  if ('throw' in fault && 'delay' in fault) {
    throw new TypeError(`The fault at "${step}" throws synchronously, which cannot be delayed: use reject.`)
  }
  if ('throw' in fault) oneOf(fault.throw, errorNames, `"throw" at "${step}"`)
  if ('reject' in fault) oneOf(fault.reject, errorNames, `"reject" at "${step}"`)
  if ('bytes' in fault) oneOf(fault.bytes, byteFaults, `"bytes" at "${step}"`)
  if ('hang' in fault) oneOf(fault.hang, [true], `"hang" at "${step}"`)
  if ('type' in fault && typeof fault.type !== 'string') {
    throw new TypeError(`"type" at "${step}" is ${show(fault.type)}: give a media type, or '' for none.`)
  }
  if ('delay' in fault && !(typeof fault.delay === 'number' && fault.delay >= 0)) {
    throw new TypeError(`"delay" at "${step}" is ${show(fault.delay)}: give milliseconds.`)
  }
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new TypeError(`${what} must be an object, not ${show(value)}.`)
}

function oneOf(value: unknown, possible: readonly unknown[], what: string): void {
  if (possible.includes(value)) return
  throw new TypeError(`${what} is ${show(value)}: it can be ${possible.map(show).join(', ')}.`)
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
