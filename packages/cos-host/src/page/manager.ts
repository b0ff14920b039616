import type { FileHandle, HandleRequest } from './api.ts'
import { toHandleRequest, toSequence } from './arguments.ts'
import type { Client } from './client.ts'
import type { FaultPlayer } from './fault-player.ts'
import { ReadHandle, WriteHandle } from './handles.ts'

/** What a manager works with. */
export interface Connection {
  client: Client
  faults: FaultPlayer
}

const connections = new WeakMap<CrossOriginStorageManager, Connection>()

/** `navigator.crossOriginStorage`, in the shape of the specification; pages cannot construct it. */
export class CrossOriginStorageManager {
  constructor() {
    throw new TypeError('Illegal constructor')
  }

  get [Symbol.toStringTag](): string {
    return 'CrossOriginStorageManager'
  }

  /** Resolves to a handle that reads a stored file or, with `create`, writes one. */
  getFileHandle(hash: unknown, options: unknown = undefined): Promise<FileHandle> {
    return askForOne(this, hash, options)
  }

  /** The method's name in the second draft. */
  requestFileHandle(hash: unknown, options: unknown = undefined): Promise<FileHandle> {
    return askForOne(this, hash, options)
  }

  /** The first draft's method: all handles or none. */
  requestFileHandles(hashes: unknown, options: unknown = undefined): Promise<FileHandle[]> {
    return ask(
      this,
      () => toSequence(hashes, 'The first argument').map((hash) => toHandleRequest(hash, options)),
      (handles) => handles,
    )
  }
}

/** Makes the manager of a page. */
export function createManager(connection: Connection): CrossOriginStorageManager {
  const manager = Object.create(CrossOriginStorageManager.prototype) as CrossOriginStorageManager
  connections.set(manager, connection)
  return manager
}

function askForOne(manager: CrossOriginStorageManager, hash: unknown, options: unknown): Promise<FileHandle> {
  return ask(
    manager,
    () => [toHandleRequest(hash, options)],
    ([handle]) => handle as FileHandle,
  )
}

/** Malformed arguments reject; only a fault throws. */
function ask<T>(
  manager: CrossOriginStorageManager,
  convert: () => HandleRequest[],
  answer: (handles: FileHandle[]) => T,
): Promise<T> {
  const connection = connections.get(manager)
  if (connection === undefined) return Promise.reject(new TypeError('Illegal invocation'))
  let requests: HandleRequest[]
  try {
    requests = convert()
  } catch (error) {
    return Promise.reject(error)
  }
  const step = requests[0]?.create === true ? 'create' : 'lookup'
  return connection.faults.run(step, async () => {
    return answer(await Promise.all(requests.map((request) => open(request, connection))))
  })
}

async function open(request: HandleRequest, { client, faults }: Connection): Promise<FileHandle> {
  if (request.create) return new WriteHandle(request, client, faults)
  await client.lookUp(request.hash)
  return new ReadHandle(request.hash, client, faults)
}
