import { toQuotaExceededError } from './errors.ts'

/** How many bytes a write may have, as in Chromium. */
const maximumSize = 4 * 2 ** 30

/** Zeros, to be put together where a write leaves a gap. */
const zeros = new Blob([new Uint8Array(2 ** 20)])

/** The bytes of a file that is being written: at first none, whatever the file holds. */
export class Draft {
  /** What was written, in order. Blobs are taken as they are, never copied: they may be large. */
  #parts: Blob[] = []
  #size = 0
  #position = 0

  /** Writes at the position, and goes on behind it; a gap before it is filled with zeros. */
  write(data: Blob): void {
    const position = this.#position
    const end = position + data.size
    this.#reserve(end)
    if (position > this.#size) this.#resize(position)
    if (position === this.#size) this.#parts.push(data)
    else {
      const whole = this.toBlob()
      this.#parts = [whole.slice(0, position), data, whole.slice(end)]
    }
    this.#size = Math.max(this.#size, end)
    this.#position = end
  }

  seek(position: number): void {
    this.#position = position
  }

  /** Cuts the file off, or fills it up with zeros. */
  truncate(size: number): void {
    this.#reserve(size)
    this.#resize(size)
    this.#position = Math.min(this.#position, size)
  }

  /** The bytes as they stand. */
  toBlob(): Blob {
    const [first, ...rest] = this.#parts
    if (first !== undefined && rest.length === 0) return first
    const whole = new Blob(this.#parts)
    this.#parts = [whole]
    return whole
  }

  #resize(size: number): void {
    const missing = size - this.#size
    const full = Math.max(0, Math.floor(missing / zeros.size))
    this.#parts =
      missing < 0
        ? [this.toBlob().slice(0, size)]
        : [...this.#parts, ...Array.from({ length: full }, () => zeros), zeros.slice(0, missing % zeros.size)]
    this.#size = size
  }

  #reserve(size: number): void {
    if (size > maximumSize) {
      throw toQuotaExceededError(`A write of ${size} bytes is more than the 4 GiB that are possible.`)
    }
  }
}
