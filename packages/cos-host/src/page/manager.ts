import type { FileHandle, HandleRequest } from './api.ts'
import { toHandleRequest, toSequence } from './arguments.ts'
import type { AllowedOrigins } from './allowed-origins.ts'
import { Handle, type Connection } from './handle.ts'

/** What a manager works with. */
export interface Realm extends Connection {
  allowedOrigins: AllowedOrigins
  /** Whether the storage may be used from here. */
  isPermitted: boolean
}

const realms = new WeakMap<CrossOriginStorageManager, Realm>()

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
export function createManager(realm: Realm): CrossOriginStorageManager {
  const manager = Object.create(CrossOriginStorageManager.prototype) as CrossOriginStorageManager
  realms.set(manager, realm)
  return manager
}

function askForOne(manager: CrossOriginStorageManager, hash: unknown, options: unknown): Promise<FileHandle> {
  return ask(
    manager,
    () => [toHandleRequest(hash, options)],
    ([handle]) => handle as FileHandle,
  )
}

/** A global that may not use the storage is refused before its arguments are looked at; only a fault throws. */
function ask<T>(
  manager: CrossOriginStorageManager,
  convert: () => HandleRequest[],
  answer: (handles: FileHandle[]) => T,
): Promise<T> {
  const realm = realms.get(manager)
  if (realm === undefined) return Promise.reject(new TypeError('Illegal invocation'))
  if (!realm.isPermitted) {
    const message =
      'Cross-Origin Storage is not allowed here (Permissions Policy, opaque origin or service worker).'
    return Promise.reject(new DOMException(message, 'NotAllowedError'))
  }
  let requests: HandleRequest[]
  try {
    requests = convert()
  } catch (error) {
    return Promise.reject(error)
  }
  const step = requests[0]?.create === true ? 'create' : 'lookup'
  return realm.faults.run(step, async () => {
    return answer(await Promise.all(requests.map((request) => open(request, realm))))
  })
}

/** A handle to write registers nothing: until its bytes have verified, nobody can tell that it was asked for. */
async function open(request: HandleRequest, realm: Realm): Promise<FileHandle> {
  const { hash, create, origins } = request
  if (!create) await realm.client.lookUp(hash)
  else if (Array.isArray(origins)) request.origins = await realm.allowedOrigins.among(origins)
  return new Handle(request, realm)
}
