import { initAsync, UserId } from '@matrix-org/matrix-sdk-crypto-wasm'

await initAsync()
show(new UserId('@a:b.c').toString())
