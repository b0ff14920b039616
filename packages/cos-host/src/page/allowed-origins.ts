import { parseAllowOrigin } from '../origins.ts'

const { fetch } = globalThis

/** Where workers ask the pages of their origin. */
const channelName = 'cos-host:allow-origin'

/** Milliseconds that a worker waits for a page's answer. */
const patience = 2000

/** The origins that stores from here may list, by the header `Cross-Origin-Storage-Allow-Origin`. */
export class AllowedOrigins {
  readonly #find: () => Promise<string | null>
  #found: Promise<string[]> | undefined

  /** @param told The header's value; without it, the header is read when it is first needed. */
  constructor(told: string | undefined) {
    if (told !== undefined) this.#find = async () => told
    else if (typeof document === 'undefined') this.#find = askPages
    else {
      this.#find = readOwnHeader
      this.#answerWorkers()
    }
  }

  /** The origins of a list that the header names; a warning in the console names the others. */
  async among(origins: string[]): Promise<string[]> {
    this.#found ??= this.#find().then(parseAllowOrigin)
    const possible = await this.#found
    const dropped = origins.filter((origin) => !possible.includes(origin))
    if (dropped.length > 0) {
      console.warn(
        `cos-host: not shared with ${dropped.join(', ')}, as a browser would not: ` +
          'this page was not served with a Cross-Origin-Storage-Allow-Origin header that names them.',
      )
    }
    return origins.filter((origin) => possible.includes(origin))
  }

  #answerWorkers(): void {
    new BroadcastChannel(channelName).addEventListener('message', async ({ data, currentTarget }) => {
      if (data === 'ask') (currentTarget as BroadcastChannel).postMessage({ header: await this.#find() })
    })
  }
}

/** Asks for the page's headers once more; the HTTP cache answers where it can. */
async function readOwnHeader(): Promise<string | null> {
  if (!/^https?:$/.test(location.protocol)) return null
  try {
    const { headers, body } = await fetch(location.href, { cache: 'force-cache' })
    await body?.cancel()
    return headers.get('Cross-Origin-Storage-Allow-Origin')
  } catch (error) {
    console.warn(
      `cos-host: the page's own headers could not be read (${error}), so that its stores can list nobody.`,
    )
    return null
  }
}

/** A worker cannot see the page that owns it, so the first of its origin that answers stands for it. */
function askPages(): Promise<string | null> {
  const channel = new BroadcastChannel(channelName)
  return new Promise<string | null>((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      if (typeof data === 'object' && data !== null && 'header' in data) resolve(data.header as string | null)
    })
    setTimeout(resolve, patience, null)
    channel.postMessage('ask')
  }).finally(() => channel.close())
}
