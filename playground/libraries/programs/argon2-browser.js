import argon2 from 'argon2-browser/dist/argon2-bundled.min.js'

show((await argon2.hash({ pass: 'p', salt: 'saltsalt', hashLen: 16 })).hashHex.length)
