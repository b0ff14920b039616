import { http, HttpResponse } from 'msw'
import { setupWorker } from 'msw/browser'

/** Answers one request itself, and sees the others. */
export async function start(see) {
  const worker = setupWorker(http.get('/api/answer', () => HttpResponse.text('mocked')))
  worker.events.on('request:start', ({ request }) => see(request.url))
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass' })
}
