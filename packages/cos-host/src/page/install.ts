import { methodNames } from '@wasm-cos/runtime/method-names'
import type { PageSettings } from '../page-script.ts'
import { AllowedOrigins } from './allowed-origins.ts'
import { Client } from './client.ts'
import { disguise } from './disguise.ts'
import { FaultPlayer } from './fault-player.ts'
import { createManager, CrossOriginStorageManager } from './manager.ts'
import { isPermitted } from './permission.ts'

/** The global that holds the faults: set before the script runs or at any time after. */
const faultsGlobal = 'crossOriginStorageFaults'

/** Puts the API on this window's or worker's navigator. As specified, insecure contexts get nothing. */
export function install(settings: PageSettings): void {
  if (!globalThis.isSecureContext) return
  const { host, methods: wanted, native, denied, allowOrigin, faults } = settings
  const player = new FaultPlayer()
  player.faults = faults ?? (Reflect.get(globalThis, faultsGlobal) as PageSettings['faults']) ?? {}
  const manager = createManager({
    client: new Client(host),
    faults: player,
    allowedOrigins: new AllowedOrigins(allowOrigin),
    isPermitted: isPermitted(denied),
  })
  shape(wanted)

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

  const attribute = {
    get crossOriginStorage() {
      if ((this as unknown) !== navigator) throw new TypeError('Illegal invocation')
      return player.value('detect', manager)
    },
  }
  const { get } = Object.getOwnPropertyDescriptor(attribute, 'crossOriginStorage')!
  define(Object.getPrototypeOf(navigator) as object, 'crossOriginStorage', { get: get! })
  if (native) disguise([CrossOriginStorageManager, get!, ...wanted.map((name) => prototype[name])])
}

const { prototype } = CrossOriginStorageManager

/** Gives the manager's class the methods that are wanted, enumerable as WebIDL has them, and no others. */
function shape(wanted: PageSettings['methods']): void {
  for (const name of methodNames) {
    if (wanted.includes(name)) define(prototype, name, { value: prototype[name], writable: true })
    else Reflect.deleteProperty(prototype, name)
  }
}

function define(owner: object, name: string, property: PropertyDescriptor): void {
  Object.defineProperty(owner, name, { configurable: true, enumerable: true, ...property })
}
