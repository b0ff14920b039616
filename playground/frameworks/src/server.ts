import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A framework's own server. */
export interface Server {
  url: string
  close: () => Promise<void>
}

/**
 * Starts what `npm start` starts, on a free port.
 *
 * @throws {Error} If it ends, or answers nothing for a minute; the message has what it printed.
 */
export async function start(app: string): Promise<Server> {
  const port = await freePort()
  const url = `http://localhost:${port}/`
  const env = { ...process.env, PORT: String(port), NITRO_PORT: String(port), NODE_ENV: 'production' }
  const printed: Buffer[] = []
  const child = spawn('npm', ['start'], { cwd: app, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', (data: Buffer) => printed.push(data))
  child.stderr.on('data', (data: Buffer) => printed.push(data))
  const server = { url, close: () => stop(child) }
  const deadline = Date.now() + 60_000
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child)
      throw new Error(`${app} does not answer at ${url}:\n${Buffer.concat(printed).toString()}`)
    }
    // Servers have no event for it in common.
    await wait(200)
  }
  return server
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}

/** Ends a process with those that it started. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0), 'listening')
  const address = server.address()
  const closed = once(server, 'close')
  server.close()
  await closed
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
