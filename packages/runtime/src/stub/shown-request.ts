/** What ends a request without an answer, as the event is called. */
type Failure = 'abort' | 'error' | 'timeout'

/** What the page is shown of a request while the real one is not sent: its states, its events, and an answer from elsewhere. */
export interface ShownRequest {
  /** The state that the page sees; undefined where the real request has its own. */
  state(): number | undefined
  /** Begins a `send`, and ends what is on its way for an earlier one. What it gives tells the one from the other. */
  begin(): AbortController
  /** Whether the page still waits for this `send`. */
  isFor(send: AbortController): boolean
  /** Shows that it is under way, for as long as the page lets it. */
  wait(): void
  /** Shows the real request, from when it is sent. */
  giveWay(): void
  /** Shows an answer, in the steps in which a request goes through its states. */
  show(response: Response, send: AbortController): Promise<void>
  /** Shows that there is no answer. */
  end(failure: Failure): void
  /** Ends what is on its way, and shows a state, or the real request. */
  reset(state?: number): void
  /** Dispatches an event. */
  fire(type: string, size?: number): void
  /** What properties are while the real request is not sent. */
  values: Record<string, () => unknown>
  /** The headers of the answer. */
  headers(): [name: string, value: string][]
}

export const shownRequest = (xhr: XMLHttpRequest): ShownRequest => {
  let state: number | undefined
  let controller: AbortController | undefined
  let answer: Response | undefined
  let content: ArrayBuffer | Blob | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const fire = (type: string, size?: number): void => {
    const init = { lengthComputable: !!size, loaded: size!, total: size! }
    xhr.dispatchEvent(type == 'readystatechange' ? new Event(type) : new ProgressEvent(type, init))
  }

  const stop = (): void => {
    if (controller) controller.abort()
    clearTimeout(timer)
    controller = answer = content = undefined
  }

  const isFor = (send: AbortController): boolean => controller == send

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

  return {
    fire,
    isFor,
    end,
    state: () => state,

    begin() {
      stop()
      return (controller = new AbortController())
    },

    wait() {
      state = 1
      if (xhr.timeout) timer = setTimeout(end, xhr.timeout, 'timeout')
      fire('loadstart')
    },

    giveWay() {
      clearTimeout(timer)
      state = undefined
    },

    async show(response, send) {
      const bytes = await (xhr.responseType == 'blob' ? response.blob() : response.arrayBuffer())
      const size = 'size' in bytes ? bytes.size : bytes.byteLength
      const steps: [number, string][] = [
        [2, 'readystatechange'],
        [3, 'readystatechange'],
        [3, 'progress'],
        [4, 'readystatechange'],
        [4, 'load'],
      ]
      for (const [next, type] of steps) {
        // A listener may have ended the request, or opened it anew.
        if (!isFor(send)) return
        if (next == 4) clearTimeout(timer)
        answer = response
        content = bytes
        state = next
        fire(type, size)
        // What waits for an event runs before the next one.
        await undefined
      }
      fire('loadend', isFor(send) ? size : 0)
    },

    reset(next) {
      stop()
      state = next
    },

    values: {
      readyState: () => state,
      status: () => (answer ? answer.status : 0),
      statusText: () => (answer ? answer.statusText : ''),
      response: () => (state == 4 && content) || null,
      responseURL: () => (answer ? answer.url : ''),
    },

    headers: () => (answer ? [...answer.headers] : []),
  }
}
