import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** SHA-256 of a file, 64 hexadecimal digits, read piece by piece. Runs in a worker too. */
export default async function hashFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), digest)
  return digest.digest('hex')
}
