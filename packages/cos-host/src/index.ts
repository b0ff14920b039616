export type { Entry, Grant } from './entry.ts'
export type { ByteFault, ErrorName, Fault, Faults, Step } from './faults.ts'
export { startCosHost, type CosHost, type CosHostOptions, type PlantOptions } from './host.ts'
export type { Method } from './methods.ts'
