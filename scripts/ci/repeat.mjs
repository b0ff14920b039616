import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { root, step } from '../setup.mjs'

// `npm run repeat`: every test again and again, in search of one that does not always pass. The last runs are made beside work
// that keeps all cores busy, as on a machine that others use. The first run that fails is the last.

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10' }, busy: { type: 'string', default: '4' } },
})
const runs = count('runs')
const busy = count('busy')

for (let run = 1; run <= runs && process.exitCode === undefined; run++) {
  const isBusy = run > runs - busy
  const succeeded = await step(`Run ${run} of ${runs}${isBusy ? ', beside busy cores' : ''}`, () =>
    test(isBusy),
  )
  if (!succeeded) process.exitCode = 1
}

/**
 * Runs every test.
 *
 * @param {boolean} isBusy Whether all cores have other work meanwhile.
 */
async function test(isBusy) {
  const work = new URL('data:text/javascript,for (;;);')
  const workers = isBusy ? Array.from({ length: availableParallelism() }, () => new Worker(work)) : []
  const { status, stdout } = spawnSync('npm', ['--silent', 'test'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  await Promise.all(workers.map((worker) => worker.terminate()))
  console.log(status === 0 ? stdout.trimEnd().split('\n').at(-1) : stdout)
  return status === 0
}

/**
 * A number that an option gives.
 *
 * @param {'runs' | 'busy'} name The option.
 */
function count(name) {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new TypeError(`--${name} is "${values[name]}": it has to be a whole number.`)
}
