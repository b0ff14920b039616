import * as ecc from 'tiny-secp256k1'

show(ecc.isPrivate(new Uint8Array(32).fill(1)))
