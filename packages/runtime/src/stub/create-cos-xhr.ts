type Fetch = typeof fetch

/** What ends a request without an answer, as the event is called. */
type Failure = 'abort' | 'error' | 'timeout'

/**
 * Makes what an instrumented script constructs in place of the global `XMLHttpRequest`: a real request that answers from
 * what a function like `fetch` finds without the network, and is sent as it came where that goes to the network. A request
 * that is synchronous, has a user, or asks for anything else than bytes is the browser's alone, and so are those of a page
 * that made another class of it.
 *
 * @param cosFetch Gives the script's `fetch`, with what takes the place of the global one.
 * @param isEnforced Whether requests have to go through it in browsers without Cross-Origin Storage too.
 */
export const createCosXhr = (
  cosFetch: (own: Fetch) => Fetch,
  isEnforced: unknown,
): ((...args: []) => XMLHttpRequest) =>
  function (...args) {
    const xhr = new XMLHttpRequest(...args)
    // A navigator may throw, and what a page puts in place of the class need not be a request.
    try {
      if ((isEnforced || navigator.crossOriginStorage) && isReal(xhr)) answerWith(cosFetch, xhr, isEnforced)
    } catch {}
    return xhr
  }

/**
 * Whether a request is the browser's own: its prototype has the browser's accessors, which take nothing else, and it has no
 * method of its own.
 */
const isReal = (xhr: XMLHttpRequest): boolean => {
  const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(xhr), 'readyState')!
  get!.call(xhr)
  return (
    /native code/.test(Function.prototype.toString.call(get)) &&
    !Object.getOwnPropertyNames(xhr).includes('open')
  )
}

const answerWith = (cosFetch: (own: Fetch) => Fetch, xhr: XMLHttpRequest, isEnforced: unknown): void => {
  const prototype = Object.getPrototypeOf(xhr) as object
  /** What the request itself has by a name, also what the page has patched since. */
  const real = (name: string): unknown => Reflect.get(prototype, name, xhr)
  const call = (name: string, args: unknown[]): unknown => (real(name) as Function).apply(xhr, args)

  /** The arguments of `open`, until it is sent. */
  let opened: unknown[] | undefined
  let headers: [string, string][]
  /** Whether the page says what the type of the answer is. */
  let isTyped: unknown
  /** The state that the page sees while the real request is not sent; undefined where that one has its own. */
  let state: number | undefined
  let controller: AbortController | undefined
  let answer: Response | undefined
  let content: ArrayBuffer | Blob | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Sees the events of the real request before the page does. */
  let watch: ((event: Event) => void) | undefined
  let restoreTimeout: (() => void) | undefined

  /** Whether it asks for bytes, as code does that compiles them. A buffer has no type that the page could have set. */
  const isForBytes = (): boolean =>
    xhr.responseType == 'arraybuffer' || (xhr.responseType == 'blob' && !isTyped)

  const fire = (type: string, total?: number): void => {
    const init = { lengthComputable: !!total, loaded: total!, total: total! }
    xhr.dispatchEvent(type == 'readystatechange' ? new Event(type) : new ProgressEvent(type, init))
  }

  /** Ends what is on its way for an earlier `send`. */
  const stop = (): void => {
    if (controller) controller.abort()
    clearTimeout(timer)
    controller = answer = content = undefined
  }

  const end = (failure: Failure): void => {
    stop()
    state = 4
    fire('readystatechange')
    // A listener may have opened the request anew.
    if (state != 4) return
    fire(failure)
    fire('loadend')
    if (state == 4 && failure == 'abort') state = 0
  }

  /** Shows an answer, in the steps in which a request goes through its states. */
  const show = async (response: Response, mine: AbortController): Promise<void> => {
    const bytes = await (xhr.responseType == 'blob' ? response.blob() : response.arrayBuffer())
    const size = (bytes as Blob).size || (bytes as ArrayBuffer).byteLength
    const steps: [number, string][] = [
      [2, 'readystatechange'],
      [3, 'readystatechange'],
      [3, 'progress'],
      [4, 'readystatechange'],
      [4, 'load'],
    ]
    for (const [next, type] of steps) {
      // A listener may have ended the request, or opened it anew.
      if (controller != mine) return
      if (next == 4) clearTimeout(timer)
      answer = response
      content = bytes
      state = next
      fire(type, size)
      // What waits for an event runs before the next one.
      await undefined
    }
    fire('loadend', controller == mine ? size : 0)
  }

  const mustBeOpened = (): void => {
    if (state !== undefined) throw new DOMException("The object's state must be OPENED.", 'InvalidStateError')
  }

  const methods: Record<string, (...args: unknown[]) => unknown> = {
    open(...args) {
      call('open', args)
      const before = state
      stop()
      state = watch = undefined
      if (restoreTimeout) restoreTimeout()
      // The page can change a URL object before it sends the request.
      args[1] += ''
      opened = args
      headers = []
      // The real one was open all the time.
      if (before !== undefined && before != 1) fire('readystatechange')
    },

    setRequestHeader(...args) {
      mustBeOpened()
      call('setRequestHeader', args)
      headers.push(args as [string, string])
    },

    overrideMimeType(...args) {
      isTyped = call('overrideMimeType', args) || true
    },

    send(...args) {
      mustBeOpened()
      const [method, url, isAsync, user, password] = opened || []
      const mayBeAnswered =
        opened && (!(2 in opened) || isAsync) && user == null && password == null && isForBytes()
      opened = undefined
      if (!mayBeAnswered) return call('send', args)

      const mine = (controller = new AbortController())
      const since = performance.now()
      let isSent: unknown

      /**
       * What stands for `fetch`: the real request, but for what asks for or past the HTTP cache, or enforces the hash. Another request
       * in place of this one is the same, made when the page had the address that the real one was opened at.
       */
      const load = (request: unknown, init?: RequestInit): Promise<Response> | void => {
        const { cache, integrity } = Object(init || request) as RequestInit
        const isOfStub = (cache && cache != 'default') || (isEnforced && integrity)
        if (isOfStub) return fetch(request as Request, init)
        if (mine.signal.aborted) return Promise.reject()
        isSent = true
        if (state === undefined) return call('send', args) as void
        state = undefined
        clearTimeout(timer)
        return new Promise((resolve, reject) => {
          shortenTimeout(performance.now() - since)
          watch = (event) => {
            // The page has seen it when it sent the request.
            if (event.type == 'loadstart') event.stopImmediatePropagation()
            if (event.type == 'load' && xhr.status == 200) resolve(copyOf(xhr.response))
            if (event.type == 'loadend') reject()
          }
          call('send', args)
        })
      }

      const answered = cosFetch(load as Fetch)(url as string, {
        method: method as string,
        headers,
        signal: mine.signal,
        credentials: xhr.withCredentials ? 'include' : 'same-origin',
      })
      if (isSent) return
      state = 1
      if (xhr.timeout) timer = setTimeout(end, xhr.timeout, 'timeout')
      fire('loadstart')
      const isWaiting = (): boolean => !isSent && controller == mine
      const respond = async (response: Response): Promise<void> => {
        if (!isWaiting()) return
        if (isForBytes()) await show(response, mine)
        else load(0)!.catch(ignore)
      }
      answered.then(respond).catch(() => {
        if (!isWaiting()) return
        if (isEnforced) end('error')
        else load(0)!.catch(ignore)
      })
    },

    abort(...args) {
      if (state === undefined) call('abort', args)
      else if (state && state < 4) end('abort')
      else {
        stop()
        state = 0
      }
    },

    getResponseHeader(...args) {
      if (state === undefined) return call('getResponseHeader', args)
      const [, value] = headersOf(answer).find(([name]) => name == (args[0] + '').toLowerCase()) || [0, null]
      return value
    },

    getAllResponseHeaders(...args) {
      if (state === undefined) return call('getAllResponseHeaders', args)
      return headersOf(answer)
        .map(([name, value]) => name + ': ' + value + '\r\n')
        .join('')
    },
  }

  const values: Record<string, () => unknown> = {
    readyState: () => state,
    status: () => (answer ? answer.status : 0),
    statusText: () => (answer ? answer.statusText : ''),
    response: () => (state == 4 && content) || null,
    responseURL: () => (answer ? answer.url : ''),
  }

  /** Counts the time before the real request was sent, and shows what the page has set. */
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

  // The build makes one variable of a loop's: what is captured has to be a parameter.
  const types = ['loadstart', 'load', 'loadend']
  types.forEach((type) => xhr.addEventListener(type, (event) => watch && watch(event)))
  Object.keys(values).forEach((name) =>
    Object.defineProperty(methods, name, {
      enumerable: true,
      get: () => (state === undefined ? real(name) : values[name]!()),
    }),
  )
  // A page finds them where a request has them, and enumerates them.
  Object.setPrototypeOf(xhr, Object.setPrototypeOf(methods, prototype) as object)
}

const ignore = (): void => {}

const headersOf = (response: Response | undefined): [string, string][] =>
  response ? [...response.headers] : []

/** A response with a copy of bytes that are the page's: it may give them away. */
const copyOf = (bytes: BodyInit): Response =>
  new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } })
