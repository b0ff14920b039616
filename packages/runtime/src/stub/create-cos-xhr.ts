import { realRequest } from './real-request.ts'
import { shownRequest } from './shown-request.ts'

type Fetch = typeof fetch

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
    if ((isEnforced || hasStorage()) && isReal(xhr)) answerWith(cosFetch, xhr, isEnforced)
    return xhr
  }

/** Whether there is Cross-Origin Storage. A navigator may throw. */
const hasStorage = (): unknown => {
  try {
    return navigator.crossOriginStorage
  } catch {}
}

/**
 * Whether a request is the browser's own: its prototype has the browser's accessors, which throw for anything else, and it has no
 * method of its own.
 */
const isReal = (xhr: XMLHttpRequest): unknown => {
  try {
    const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(xhr), 'readyState')!
    get!.call(xhr)
    return (
      /native code/.test(Function.prototype.toString.call(get)) &&
      !Object.getOwnPropertyNames(xhr).includes('open')
    )
  } catch {}
}

const answerWith = (cosFetch: (own: Fetch) => Fetch, xhr: XMLHttpRequest, isEnforced: unknown): void => {
  const real = realRequest(xhr)
  const shown = shownRequest(xhr)
  /** The arguments of `open`, until it is sent. */
  let opened: unknown[] | undefined
  let headers: [string, string][]
  /** Whether the page says what the type of the answer is. */
  let isTyped: unknown

  const isShown = (): boolean => shown.state() !== undefined

  /** Whether it asks for bytes, as code does that compiles them. A buffer has no type that the page could have set. */
  const isForBytes = (): boolean =>
    xhr.responseType == 'arraybuffer' || (xhr.responseType == 'blob' && !isTyped)

  const mustBeOpened = (): void => {
    if (isShown()) throw new DOMException("The object's state must be OPENED.", 'InvalidStateError')
  }

  /** Sends it to where its answer is. */
  const send = (args: unknown[], method: unknown, url: unknown): void => {
    const since = performance.now()
    const controller = shown.begin()
    const { signal } = controller
    let isSent: unknown

    /**
     * What stands for `fetch`: the real request, but for what asks for or past the HTTP cache, or enforces the hash. Another request
     * in place of this one is the same, made when the page had the address that the real one was opened at.
     */
    const load = (request: unknown, init?: RequestInit): Promise<Response> | void => {
      const { cache, integrity } = Object(init || request) as RequestInit
      const isOfStub = (cache && cache != 'default') || (isEnforced && integrity)
      if (isOfStub) return fetch(request as Request, init)
      if (signal.aborted) return Promise.reject()
      isSent = true
      if (!isShown()) return real.call('send', args) as void
      shown.giveWay()
      return real.sendLate(args, performance.now() - since)
    }

    const answered = cosFetch(load as Fetch)(url as string, {
      method: method as string,
      headers,
      signal,
      credentials: xhr.withCredentials ? 'include' : 'same-origin',
    })
    if (isSent) return
    shown.wait()
    const isWaiting = (): boolean => !isSent && shown.isFor(controller)
    const respond = async (response: Response): Promise<void> => {
      if (!isWaiting()) return
      if (isForBytes()) await shown.show(response, controller)
      else load(0)!.catch(ignore)
    }
    answered.then(respond).catch(() => {
      if (!isWaiting()) return
      if (isEnforced) shown.end('error')
      else load(0)!.catch(ignore)
    })
  }

  const methods: Record<string, (...args: unknown[]) => unknown> = {
    open(...args) {
      real.call('open', args)
      const before = shown.state()
      shown.reset()
      real.forget()
      // The page can change a URL object before it sends the request.
      args[1] += ''
      opened = args
      headers = []
      // The real one was open all the time.
      if (before !== undefined && before != 1) shown.fire('readystatechange')
    },

    setRequestHeader(...args) {
      mustBeOpened()
      real.call('setRequestHeader', args)
      headers.push(args as [string, string])
    },

    overrideMimeType(...args) {
      isTyped = real.call('overrideMimeType', args) || true
    },

    send(...args) {
      mustBeOpened()
      const [method, url, isAsync, user, password] = opened || []
      const mayBeAnswered =
        opened && (!(2 in opened) || isAsync) && user == null && password == null && isForBytes()
      opened = undefined
      return mayBeAnswered ? send(args, method, url) : real.call('send', args)
    },

    abort(...args) {
      const state = shown.state()
      if (state === undefined) real.call('abort', args)
      else if (state && state < 4) shown.end('abort')
      else shown.reset(0)
    },

    getResponseHeader(...args) {
      if (!isShown()) return real.call('getResponseHeader', args)
      const [, value] = shown.headers().find(([name]) => name == (args[0] + '').toLowerCase()) || [0, null]
      return value
    },

    getAllResponseHeaders(...args) {
      if (!isShown()) return real.call('getAllResponseHeaders', args)
      return shown
        .headers()
        .map(([name, value]) => name + ': ' + value + '\r\n')
        .join('')
    },
  }

  Object.keys(shown.values).forEach((name) =>
    Object.defineProperty(methods, name, {
      enumerable: true,
      get: () => (isShown() ? shown.values[name]!() : real.get(name)),
    }),
  )
  // A page finds them where a request has them, and enumerates them.
  Object.setPrototypeOf(xhr, Object.setPrototypeOf(methods, Object.getPrototypeOf(xhr)) as object)
}

const ignore = (): void => {}
