import sodium from 'libsodium-wrappers'

await sodium.ready
show(sodium.crypto_generichash(16, 'abc').length)
