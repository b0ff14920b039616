import type { ErrorName, Fault as StorageFault, Step as StorageStep } from '@wasm-cos/cos-host'
import type { Api, Case, NetworkFault } from '../page/realm.js'

/** Where something goes wrong: in a step of the storage, in what it has stored, or in the network. */
export type Step = StorageStep | 'stored' | 'network'

/** What goes wrong: as cos-host says it. */
export interface Fault {
  delay?: number
  throw?: ErrorName
  reject?: ErrorName
  hang?: true
  resolve?: unknown
  bytes?: 'truncate' | 'extend' | 'flip' | 'replace' | 'empty' | 'other'
  type?: string
}

/** A combination, and what has to come of it. */
export interface ExpectedCase extends Case {
  step: Step
  fault: Fault
  /** Whether the right bytes are stored. */
  isWritten: boolean
  /** Whether a writable is aborted. */
  isAborted: boolean
}

/** Milliseconds that a late answer takes: it comes when the stub's time is up. */
const late = 50

const errors: ErrorName[] = [
  'NotFoundError',
  'NotAllowedError',
  'SecurityError',
  'QuotaExceededError',
  'QuotaExceededError:interface',
  'DataError',
  'AbortError',
  'InvalidStateError',
  'TypeError',
  'undefined',
]
const thrown: Fault[] = errors.map((error) => ({ throw: error }))
const rejected: Fault[] = errors.map((error) => ({ reject: error }))
const delayed: Fault[] = [{ delay: late }, { delay: late, reject: 'AbortError' }]
const settling: Fault[] = [{ hang: true }, ...delayed]
const values: Fault[] = ['undefined', null, [], {}].map((value) => ({ resolve: value }))
const bytesOf = (...kinds: NonNullable<Fault['bytes']>[]): Fault[] => kinds.map((bytes) => ({ bytes }))
const damage = bytesOf('truncate', 'extend', 'flip', 'replace', 'empty')
const types: Fault[] = ['', 'text/html', 'application/octet-stream'].map((type) => ({ type }))

const asynchronous = [...thrown, ...rejected, ...settling, ...values]

/** Everything that can go wrong, step by step. */
const faults: Record<Step, Fault[]> = {
  detect: [...thrown, ...values],
  lookup: asynchronous,
  getFile: [...asynchronous, ...damage, ...types],
  read: [...asynchronous, ...damage],
  stored: bytesOf('other'),
  network: [
    ...thrown,
    ...rejected,
    ...delayed,
    ...values,
    ...bytesOf('truncate', 'extend', 'flip', 'other', 'empty'),
    ...types,
  ],
  create: asynchronous,
  createWritable: asynchronous,
  write: [...asynchronous, ...damage],
  close: asynchronous,
}

const steps = Object.keys(faults) as Step[]
const hitSteps = new Set<Step>(['detect', 'lookup', 'getFile', 'read', 'stored'])

export const callers = ['streaming', 'arrayBuffer', 'emscripten'] as const

/** Chromium's own form, which meets everything; the extension's, the older ones and pairs meet each step failing once. */
const main: Api = { methods: ['getFileHandle'], native: true }
const others: Api[] = [
  { methods: ['getFileHandle'], native: false },
  { methods: ['requestFileHandle'], native: false },
  { methods: ['requestFileHandle'], native: true },
  { methods: ['requestFileHandles'], native: false },
  { methods: ['getFileHandle', 'requestFileHandle'], native: true },
  { methods: ['requestFileHandle', 'requestFileHandles'], native: false },
]

/** Of each kind of fault the first, for the forms that do not meet all. */
const selected = (faults: Fault[]): Fault[] =>
  faults.filter(
    (fault, index) => fault.bytes || faults.findIndex((other) => kindOf(other) === kindOf(fault)) === index,
  )

const kindOf = (fault: Fault): string => Object.keys(fault).join()

/**
 * All combinations for a caller: for the main form of the API all faults, with both variants of the stub. The other forms
 * have one caller: what the stub returns to it does not depend on who it is.
 */
export function casesOf(caller: (typeof callers)[number]): ExpectedCase[] {
  const isSmall = caller !== 'emscripten'
  const cases = (caller === 'streaming' ? [main, ...others] : [main]).flatMap((api) =>
    (isSmall && api === main ? [false, true] : [false]).flatMap((integrity) =>
      steps.flatMap((step) =>
        (api === main && isSmall ? faults[step] : selected(faults[step])).map(
          (fault): Omit<ExpectedCase, 'id'> => {
            const isOfStorage = step !== 'network' && step !== 'stored'
            const entries = expectedEntries(step, fault, integrity, isSmall, api)
            return {
              step,
              fault,
              caller,
              api,
              faults: isOfStorage ? { [step]: fault as StorageFault } : {},
              network: step === 'network' ? (fault as NetworkFault) : {},
              // A browser's own hits are not read by the stub unless it is told to.
              trust: step === 'read' || fault.bytes ? 0 : 1,
              integrity,
              stored: step === 'stored' ? 'other' : hitSteps.has(step) ? 'right' : undefined,
              isLate: isOfStorage && settling.includes(fault),
              entries,
              isCompared: step === 'network' && fault.type === undefined,
              isWritten: isWritten(step, fault, entries),
              isAborted: isAborted(step, fault, entries),
            }
          },
        ),
      ),
    ),
  )
  return cases.map((rest, id) => Object.assign(rest, { id }))
}

/** Whether a fault is that the right answer comes too late. */
const isRightAndLate = ({ delay, reject }: Fault): boolean => delay !== undefined && reject === undefined

/** Whether a writable is left that has to be aborted: what was opened and failed, or was opened too late. */
function isAborted(step: Step, fault: Fault, entries: string[]): boolean {
  if (step === 'createWritable') return isRightAndLate(fault)
  // What was not written, or wrongly, is not the file: closing fails.
  if (step === 'write') return true
  if (step === 'close') return !('resolve' in fault)
  // Wrong bytes show when they are written, or before.
  return step === 'network' && entries.includes('error DataError')
}

/** Whether the file is in the storage afterwards. */
function isWritten(step: Step, fault: Fault, entries: string[]): boolean {
  if (step === 'write' || step === 'close') return step === 'close' && isRightAndLate(fault)
  return entries.includes('store')
}

/** What the stub has to report. */
function expectedEntries(
  step: Step,
  fault: Fault,
  integrity: boolean,
  isSmall: boolean,
  { native }: Api,
): string[] {
  const reason = reasonOf(step, fault, isSmall, native)
  // What throws is no API.
  if (step === 'detect' && fault.throw !== undefined) return []
  if (step === 'network') {
    const hasFailed = fault.throw !== undefined || fault.reject !== undefined
    if (hasFailed) return integrity ? ['miss', 'error FetchFailed'] : ['miss']
    return 'resolve' in fault ? ['miss'] : ['miss', reason === undefined ? 'store' : `error ${reason}`]
  }
  if (hitSteps.has(step)) {
    if (reason === undefined) return ['hit']
    if (reason === '') return []
    if (reason === 'NotFoundError') return ['miss', 'store']
    return /Mismatch/.test(reason) ? [`error ${reason}`, 'store'] : [`error ${reason}`]
  }
  return ['miss', reason === undefined ? 'store' : `error ${reason}`]
}

/** Why the step fails; `undefined` if it does not, empty if there is nothing to report. */
function reasonOf(step: Step, fault: Fault, isSmall: boolean, native: boolean): string | undefined {
  const { bytes, delay, hang } = fault
  if (step !== 'network' && (hang || delay !== undefined)) return 'TimeoutError'
  const error = fault.throw ?? fault.reject
  if (error !== undefined) return error.replace(':interface', '')
  if ('resolve' in fault) {
    const isObject = typeof fault.resolve === 'object' && fault.resolve !== null
    if (step === 'detect') return isObject ? 'TypeError' : ''
    if (step === 'write') return 'DataError'
    if (step === 'close') return undefined
    return step === 'getFile' && isObject ? 'SizeMismatch' : 'TypeError'
  }
  if (bytes === undefined) return undefined
  if (step === 'write') return 'DataError'
  // The other module has the size of the small one; what is read has the size that the file said.
  const keepsSize = bytes === 'flip' || bytes === 'replace' || (bytes === 'other' && isSmall)
  if (step !== 'read' && !keepsSize) return 'SizeMismatch'
  return step === 'network' && native ? 'DataError' : 'HashMismatch'
}
