/** A request as the browser has it, below what the page is shown of it. */
export interface RealRequest {
  /** What it has by a name, also what the page has patched since. */
  get(name: string): unknown
  /** Calls a method that it has by a name. */
  call(name: string, args: unknown[]): unknown
  /**
   * Sends it when the page has been waiting for it. The page has seen the event of that moment.
   *
   * @param args The arguments of `send`.
   * @param waited Milliseconds: they count for its `timeout`.
   * @returns A copy of a complete answer; the rejection of any other is none of a reason.
   */
  sendLate(args: unknown[], waited: number): Promise<Response>
  /** Forgets that it was sent, where it is opened anew. */
  forget(): void
}

export const realRequest = (xhr: XMLHttpRequest): RealRequest => {
  const prototype = Object.getPrototypeOf(xhr) as object
  const get = (name: string): unknown => Reflect.get(prototype, name, xhr)
  const call = (name: string, args: unknown[]): unknown => (get(name) as Function).apply(xhr, args)
  /** Sees its events before the page does. */
  let watch: ((event: Event) => void) | undefined
  let restoreTimeout: (() => void) | undefined
  for (const type of ['loadstart', 'load', 'loadend'])
    xhr.addEventListener(type, (event) => watch && watch(event))

  /** Shortens the time by what has gone by, and shows what the page has set. */
  const shortenTimeout = (waited: number): void => {
    const { timeout } = xhr
    if (!timeout) return
    xhr.timeout = timeout > waited ? timeout - waited : 1
    const set = (value: number): void => {
      restoreTimeout = undefined
      delete (xhr as { timeout?: number }).timeout
      xhr.timeout = value
    }
    restoreTimeout = () => set(timeout)
    Object.defineProperty(xhr, 'timeout', { configurable: true, get: () => timeout, set })
  }

  const sendLate = (args: unknown[], waited: number): Promise<Response> =>
    new Promise((resolve, reject) => {
      shortenTimeout(waited)
      watch = (event) => {
        if (event.type == 'loadstart') event.stopImmediatePropagation()
        if (event.type == 'load' && xhr.status == 200) resolve(copyOf(xhr.response))
        if (event.type == 'loadend') reject()
      }
      call('send', args)
    })

  const forget = (): void => {
    watch = undefined
    if (restoreTimeout) restoreTimeout()
  }
  return { get, call, sendLate, forget }
}

/** A response with a copy of bytes that are the page's: it may give them away. */
const copyOf = (bytes: BodyInit): Response =>
  new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } })
