import * as Sentry from '@sentry/browser'

/** Breadcrumbs and tracing, with nobody to send them to. */
export function start(see) {
  Sentry.init({
    dsn: 'https://key@errors.example/1',
    integrations: [Sentry.browserTracingIntegration()],
    tracesSampleRate: 1,
    transport: () => ({ send: async () => ({}), flush: async () => true }),
    beforeBreadcrumb(breadcrumb) {
      if (breadcrumb.category === 'fetch') see(breadcrumb.data.url)
      return breadcrumb
    },
  })
}
