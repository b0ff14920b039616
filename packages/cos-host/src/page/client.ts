import type { Answer } from '../gates.ts'
import type { Stored } from '../registry.ts'
import type { HandleRequest } from './api.ts'
import { toError, toQuotaExceededError } from './errors.ts'

/** `fetch` as it was when the script ran: code under test may replace it and count the calls. */
const { fetch } = globalThis

/** The host as the page sees it. The browser adds the page's origin to every request. */
export class Client {
  readonly #host: string
  #hasNoted = false

  constructor(host: string) {
    this.#host = host
  }

  /** @throws `NotFoundError` if the file is not stored or not visible to this origin. */
  async lookUp(hash: string): Promise<void> {
    const response = await this.#post(`lookup/${hash}`)
    const { found, note } = (await response.json()) as Answer
    if (!found)
      throw new DOMException('The file is not stored, or not visible to this origin.', 'NotFoundError')
    if (note !== undefined && !this.#hasNoted) console.info(note)
    this.#hasNoted ||= note !== undefined
  }

  /** The file, of no media type, as the storage keeps none. */
  async read(hash: string): Promise<File> {
    const response = await this.#post(`read/${hash}`)
    return new File([await response.blob()], hash)
  }

  /** @throws `DataError` if the bytes do not have the hash, `QuotaExceededError` if they are too many. */
  async write({ hash, origins }: HandleRequest, bytes: Blob): Promise<void> {
    const query = origins === undefined ? '' : `?${new URLSearchParams({ origins: JSON.stringify(origins) })}`
    // Without a type the request needs no preflight; the browser streams the blob from where it is.
    const response = await this.#post(`write/${hash}${query}`, bytes.slice())
    const { dropped } = (await response.json()) as Stored
    if (dropped.length > 0)
      console.warn(`cos-host: not shared with ${dropped.join(', ')}: the file's list of origins is full.`)
  }

  async #post(path: string, body: Blob | null = null): Promise<Response> {
    const response = await this.#send(path, body)
    if (response.ok) return response
    const { name, message } = (await response.json()) as { name: string; message: string }
    if (name !== 'QuotaExceededError') throw toError(name, message)
    console.warn(`cos-host: ${message}`)
    throw toQuotaExceededError(message)
  }

  async #send(path: string, body: Blob | null): Promise<Response> {
    try {
      return await fetch(`${this.#host}/${path}`, { method: 'POST', body, credentials: 'omit' })
    } catch (error) {
      const advice = "is it running, and does the page's Content-Security-Policy (connect-src) allow it?"
      throw new DOMException(
        `cos-host at ${this.#host} does not answer (${error}): ${advice}`,
        'NetworkError',
      )
    }
  }
}
