import type { Fault, Step } from '../page/fault-player.js'
import type { Api } from '../page/faulty-storage.js'
import type { Case } from '../page/realm.js'

/** A combination, and what has to come of it. */
export interface ExpectedCase extends Case {
  /** What the stub reports. */
  entries: string[]
  /** Whether the right bytes are stored. */
  isWritten: boolean
  /** Whether a writable is aborted. */
  isAborted: boolean
}

const errors = [
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
const thrown: Fault[] = errors.map((error) => ({ kind: 'throw', error }))
const rejected: Fault[] = errors.map((error) => ({ kind: 'reject', error }))
const settling: Fault[] = [{ kind: 'hang' }, { kind: 'late' }, { kind: 'late-reject' }]
const values: Fault[] = (['undefined', 'null', '[]', '{}'] as const).map((value) => ({
  kind: 'resolve',
  value,
}))
const damage: Fault[] = (['truncate', 'extend', 'flip', 'other', 'empty'] as const).map((bytes) => ({
  kind: 'bytes',
  bytes,
}))
const types: Fault[] = ['', 'text/html', 'application/octet-stream'].map((type) => ({ kind: 'type', type }))

const asynchronous = [...thrown, ...rejected, ...settling, ...values]

/** Everything that can go wrong, step by step. */
const faults: Record<Step, Fault[]> = {
  detect: [...thrown, ...values],
  lookup: asynchronous,
  getFile: [...asynchronous, ...damage, ...types],
  read: [...asynchronous, ...damage],
  network: [
    ...thrown,
    ...rejected,
    { kind: 'late' },
    { kind: 'late-reject' },
    ...values,
    ...damage,
    ...types,
  ],
  create: asynchronous,
  createWritable: asynchronous,
  write: asynchronous,
  close: asynchronous,
}

const steps = Object.keys(faults) as Step[]
const hitSteps = new Set<Step>(['detect', 'lookup', 'getFile', 'read'])

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
    (fault, index) => fault.kind === 'bytes' || faults.findIndex(({ kind }) => kind === fault.kind) === index,
  )

/** All combinations for a caller: for the main form of the API all faults, with both variants of the stub. */
export function casesOf(caller: (typeof callers)[number]): ExpectedCase[] {
  const isSmall = caller !== 'emscripten'
  const cases = (isSmall ? [main, ...others] : [main]).flatMap((api) =>
    (isSmall && api === main ? [false, true] : [false]).flatMap((integrity) =>
      steps.flatMap((step) =>
        (api === main && isSmall ? faults[step] : selected(faults[step])).map(
          (fault): Omit<ExpectedCase, 'id'> => {
            const entries = expectedEntries(step, fault, integrity, isSmall, api)
            return {
              step,
              fault,
              caller,
              api,
              // A browser's own hits are not read by the stub unless it is told to.
              trust: step === 'read' || fault.kind === 'bytes' ? 0 : 1,
              integrity,
              isStored: hitSteps.has(step),
              // Only what never comes in time has to be given up; a busy machine must not make others late.
              lookupTimeout: settling.includes(fault) ? 40 : 60_000,
              events: entries,
              entries,
              isWritten: isWritten(step, fault, entries),
              isAborted: isAborted(step, fault),
            }
          },
        ),
      ),
    ),
  )
  return cases.map((rest, id) => Object.assign(rest, { id }))
}

/** Whether a writable is left that has to be aborted: what was opened and failed, or was opened too late. */
function isAborted(step: Step, fault: Fault): boolean {
  if (step === 'createWritable') return fault.kind === 'late'
  return (step === 'write' || step === 'close') && fault.kind !== 'resolve'
}

/** Whether the file is in the storage afterwards. */
function isWritten(step: Step, fault: Fault, entries: string[]): boolean {
  if (step === 'write' || step === 'close') return step === 'close' && fault.kind === 'late'
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
  // What throws is no API. With integrity, every request is taken on before anybody asks for one.
  if (step === 'detect' && fault.kind === 'throw' && !integrity) return []
  if (step === 'network') {
    const hasFailed = ['throw', 'reject', 'late-reject'].includes(fault.kind)
    if (hasFailed) return integrity ? ['miss', 'error FetchFailed'] : ['miss']
    return fault.kind === 'resolve' ? ['miss'] : ['miss', reason === undefined ? 'store' : `error ${reason}`]
  }
  if (hitSteps.has(step)) {
    if (reason === undefined) return ['hit']
    if (reason === '') return []
    if (reason === 'NotFoundError') return step === 'detect' ? ['miss'] : ['miss', 'store']
    return /Mismatch/.test(reason) ? [`error ${reason}`, 'store'] : [`error ${reason}`]
  }
  return ['miss', reason === undefined ? 'store' : `error ${reason}`]
}

/** Why the step fails; `undefined` if it does not, empty if there is nothing to report. */
function reasonOf(step: Step, fault: Fault, isSmall: boolean, native: boolean): string | undefined {
  switch (fault.kind) {
    case 'throw':
    case 'reject':
      return fault.error.replace(':interface', '')
    case 'hang':
    case 'late':
    case 'late-reject':
      return step === 'network' ? undefined : 'TimeoutError'
    case 'resolve':
      if (step === 'detect') return fault.value === '[]' || fault.value === '{}' ? 'TypeError' : ''
      if (step === 'write' || step === 'close') return undefined
      if (step === 'getFile' && (fault.value === '[]' || fault.value === '{}')) return 'SizeMismatch'
      return 'TypeError'
    case 'bytes':
      // The other module has the size of the small one; what is read has the size that the file said.
      if (step !== 'read' && fault.bytes !== 'flip' && (fault.bytes !== 'other' || !isSmall))
        return 'SizeMismatch'
      return step === 'network' && native ? 'DataError' : 'HashMismatch'
    default:
      return undefined
  }
}
