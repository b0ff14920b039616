import type { Api, PageSettings } from '../page-script.ts'
import { Client } from './client.ts'
import { FaultPlayer } from './fault-player.ts'
import { createManager, CrossOriginStorageManager } from './manager.ts'

/** The global that holds the faults: set before the script runs or at any time after. */
const faultsGlobal = 'crossOriginStorageFaults'

/** Puts the API on this window's or worker's navigator. As specified, insecure contexts get nothing. */
export function install({ host, api, faults }: PageSettings): void {
  if (!globalThis.isSecureContext) return
  const player = new FaultPlayer()
  player.faults = faults ?? (Reflect.get(globalThis, faultsGlobal) as PageSettings['faults']) ?? {}
  const manager = createManager({ client: new Client(host), faults: player })
  for (const method of hidden[api]) Reflect.deleteProperty(CrossOriginStorageManager.prototype, method)

  define(globalThis, faultsGlobal, {
    get: () => player.faults,
    set: (value) => {
      player.faults = value
    },
  })
  define(globalThis, 'CrossOriginStorageManager', {
    value: CrossOriginStorageManager,
    writable: true,
    enumerable: false,
  })

  const owner = Object.getPrototypeOf(navigator) as object
  define(owner, 'crossOriginStorage', {
    get(this: unknown) {
      if (this !== navigator) throw new TypeError('Illegal invocation')
      return player.value('detect', manager)
    },
  })
}

/** The methods that an API does not have. */
const hidden: Record<Api, string[]> = {
  singular: ['requestFileHandles'],
  plural: ['requestFileHandle'],
  both: [],
}

function define(owner: object, name: string, property: PropertyDescriptor): void {
  Object.defineProperty(owner, name, { configurable: true, enumerable: true, ...property })
}
