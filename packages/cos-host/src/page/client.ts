import type { HandleRequest } from './api.ts'

/** `fetch` as it was when the script ran: code under test may replace it and count the calls. */
const { fetch } = globalThis

/** The host as the page sees it. The browser adds the page's origin to every request. */
export class Client {
  readonly #host: string

  constructor(host: string) {
    this.#host = host
  }

  /** @throws `NotFoundError` if the file is not stored or not visible to this origin. */
  async lookUp(hash: string): Promise<void> {
    const response = await this.#post(`lookup/${hash}`)
    const { found } = (await response.json()) as { found: boolean }
    if (!found)
      throw new DOMException('The file is not stored, or not visible to this origin.', 'NotFoundError')
  }

  async read(hash: string): Promise<File> {
    const response = await this.#post(`read/${hash}`)
    const type = response.headers.get('Cos-Type') ?? ''
    return new File([await response.blob()], hash, { type })
  }

  /** @throws `DataError` if the bytes do not have the hash. */
  async write({ hash, origins }: HandleRequest, bytes: Blob): Promise<void> {
    const query = new URLSearchParams({ type: bytes.type })
    if (origins !== undefined) query.set('origins', JSON.stringify(origins))
    // Without a type the request needs no preflight; the browser streams the blob from where it is.
    await this.#post(`write/${hash}?${query}`, bytes.slice())
  }

  async #post(path: string, body: Blob | null = null): Promise<Response> {
    const response = await this.#send(path, body)
    if (response.ok) return response
    const { name, message } = (await response.json()) as { name: string; message: string }
    throw name === 'TypeError' ? new TypeError(message) : new DOMException(message, name)
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
