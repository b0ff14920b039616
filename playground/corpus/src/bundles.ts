import type { Bundle } from './bundle.ts'

const script = (name: string, file: string, rest: Partial<Bundle> = {}): Bundle => ({
  from: [name, file],
  type: 'script',
  ...rest,
})
const module = (name: string, file: string, rest: Partial<Bundle> = {}): Bundle => ({
  from: [name, file],
  type: 'module',
  ...rest,
})

/** What pages ship: the files that these packages have for browsers. */
export const bundles: readonly Bundle[] = [
  // Maps.
  script('leaflet', 'dist/leaflet.js', { use: `return L.map('app').setView([51, 0], 3).getZoom()` }),
  script('maplibre-gl', 'dist/maplibre-gl.js', { use: 'return maplibregl.getVersion()' }),
  script('ol', 'dist/ol.js', { use: `return new ol.Map({ target: 'app' }).getSize()` }),
  // Editors.
  script('codemirror', 'lib/codemirror.js', { use: `return CodeMirror(app, { value: 'x' }).getValue()` }),
  script('quill', 'dist/quill.js', { use: `return new Quill('#app').getLength()` }),
  script('trix', 'dist/trix.umd.min.js'),
  script('prismjs', 'prism.js', { use: `return Prism.highlight('let a', Prism.languages.javascript)` }),
  script('@highlightjs/cdn-assets', 'highlight.min.js', {
    use: `return hljs.highlightAuto('let a = 1').value`,
  }),
  // Charts.
  script('chart.js', 'dist/chart.umd.js', { use: 'return Chart.version' }),
  script('d3', 'dist/d3.min.js', { use: `return JSON.stringify(await d3.json('data.json'))` }),
  script('plotly.js-dist-min', 'plotly.min.js', { use: 'return Plotly.version' }),
  script('uplot', 'dist/uPlot.iife.min.js'),
  script('lightweight-charts', 'dist/lightweight-charts.standalone.production.js'),
  // 3D and canvas.
  module('three', 'build/three.module.js', {
    use: `return new exports.FileLoader().loadAsync('data.json')`,
  }),
  script('p5', 'lib/p5.min.js'),
  script('matter-js', 'build/matter.min.js'),
  module('cannon-es', 'dist/cannon-es.js'),
  script('konva', 'konva.min.js'),
  // Authentication.
  script('@auth0/auth0-spa-js', 'dist/auth0-spa-js.production.js', {
    use: `const client = new auth0.Auth0Client({ domain: 'x.example', clientId: 'y' }); return client.isAuthenticated()`,
  }),
  script('@azure/msal-browser', 'lib/msal-browser.min.js', {
    use: `const app = await msal.createStandardPublicClientApplication({ auth: { clientId: 'x' } }); return app.getAllAccounts().length`,
  }),
  script('oidc-client-ts', 'dist/browser/oidc-client-ts.min.js', {
    use: `return new oidc.UserManager({ authority: location.href, client_id: 'x', redirect_uri: '/' }).signinRedirect().catch(String)`,
  }),
  module('keycloak-js', 'lib/keycloak.js', {
    use: `return new exports.default({ url: location.href, realm: 'r', clientId: 'c' }).init({ checkLoginIframe: false }).catch((error) => 'no ' + error?.message)`,
  }),
  script('@supabase/supabase-js', 'dist/umd/supabase.js', {
    use: `const { error } = await supabase.createClient(location.href, 'key').from('t').select(); return error.code`,
  }),
  // Analytics and reporters of errors.
  script('mixpanel-browser', 'dist/mixpanel.min.js', {
    use: `mixpanel.init('t', { api_host: location.href }); mixpanel.track('e')`,
  }),
  script('@bugsnag/browser', 'dist/bugsnag.min.js', {
    use: `Bugsnag.start({ apiKey: '0'.repeat(32), autoTrackSessions: false }); return (await fetch('data.json')).text()`,
  }),
  script('rollbar', 'dist/rollbar.umd.min.js', {
    use: `new rollbar({ accessToken: 't', captureUncaught: true, enabled: true }); return (await fetch('data.json')).text()`,
  }),
  script('@elastic/apm-rum', 'dist/bundles/elastic-apm-rum.umd.min.js', {
    use: `elasticApm.init({ serviceName: 's', serverUrl: location.href, active: true }); return (await fetch('data.json')).text()`,
  }),
  script('web-vitals', 'dist/web-vitals.iife.js'),
  script('logrocket', 'dist/build.umd.js'),
  // Frameworks.
  script('vue', 'dist/vue.global.prod.js', {
    use: `Vue.createApp({ template: '{{ 1 + 1 }}' }).mount('#app'); return app.textContent`,
  }),
  module('vue', 'dist/vue.esm-browser.prod.js', { use: 'return exports.version' }),
  script('react', 'umd/react.production.min.js'),
  script('react-dom', 'umd/react-dom.production.min.js', {
    after: [['react', 'umd/react.production.min.js']],
    use: `ReactDOM.createRoot(app).render(React.createElement('b', null, 'x')); return React.version`,
  }),

  module('preact', 'dist/preact.mjs'),
  script('alpinejs', 'dist/cdn.min.js'),
  script('htmx.org', 'dist/htmx.min.js', {
    use: `await htmx.ajax('GET', 'data.json', '#app'); return app.textContent`,
  }),
  script('@hotwired/turbo', 'dist/turbo.es2017-umd.js', {
    use: `return (await Turbo.fetch('data.json')).text()`,
  }),
  script('@hotwired/stimulus', 'dist/stimulus.umd.js'),
  script('angular', 'angular.min.js'),
  script('knockout', 'build/output/knockout-latest.js'),
  script('mobx', 'dist/mobx.umd.production.min.js'),
  script('rxjs', 'dist/bundles/rxjs.umd.min.js', {
    use: `return (await rxjs.firstValueFrom(rxjs.fetch.fromFetch('data.json'))).text()`,
  }),
  // HTTP.
  script('axios', 'dist/axios.min.js', {
    use: `return JSON.stringify((await axios.get('data.json', { adapter: 'fetch' })).data)`,
  }),
  module('axios', 'dist/esm/axios.min.js', {
    use: `return JSON.stringify((await exports.default.get('data.json', { adapter: 'fetch' })).data)`,
  }),
  script('superagent', 'dist/superagent.min.js', { use: `return (await superagent.get('data.json')).text` }),
  script('whatwg-fetch', 'dist/fetch.umd.js', {
    use: `return (await WHATWGFetch.fetch('data.json')).text()`,
  }),
  script('unfetch', 'dist/unfetch.umd.js', { use: `return (await unfetch('data.json')).text()` }),
  script('unfetch', 'polyfill/index.js'),
  script('cross-fetch', 'dist/cross-fetch.js', { use: `return (await fetch('data.json')).text()` }),
  script('wretch', 'dist/bundle/wretch.min.js', { use: `return wretch('data.json').get().text()` }),
  module('wretch', 'dist/bundle/wretch.min.mjs', { use: `return exports.default('data.json').get().text()` }),
  script('redaxios', 'dist/redaxios.umd.js', {
    use: `return JSON.stringify((await redaxios('data.json')).data)`,
  }),
  script('socket.io-client', 'dist/socket.io.min.js', {
    use: `io(location.href, { autoConnect: false }); return io.protocol`,
  }),
  script('i18next', 'i18next.min.js'),
  script('i18next-http-backend', 'i18nextHttpBackend.min.js', {
    after: [['i18next', 'i18next.min.js']],
    use: `await i18next.use(i18nextHttpBackend).init({ lng: 'en', backend: { loadPath: 'data.json' } }); return i18next.t('answer')`,
  }),
  script('workbox-window', 'build/workbox-window.prod.umd.js'),
  // Media.
  script('hls.js', 'dist/hls.min.js', { use: 'return Hls.isSupported()' }),
  script('shaka-player', 'dist/shaka-player.compiled.js', {
    use: 'return shaka.Player.isBrowserSupported()',
  }),
  script('howler', 'dist/howler.min.js'),
  script('lottie-web', 'build/player/lottie.min.js', {
    use: `const loaded = lottie.loadAnimation({ container: app, path: 'data.json' }); return loaded.isLoaded`,
  }),
  script('gsap', 'dist/gsap.min.js'),
  // The rest that pages are made of.
  script('zone.js', 'bundles/zone.umd.min.js', { use: `return (await fetch('data.json')).text()` }),
  script('jquery', 'dist/jquery.min.js', { use: `return (await $.ajax('data.json')).answer` }),
  script('lodash', 'lodash.min.js'),
  script('moment', 'min/moment.min.js'),
  script('jszip', 'dist/jszip.min.js'),
  script('fflate', 'umd/index.js', {
    use: `return new Promise((done) => fflate.zip({ a: new Uint8Array(9) }, (error, data) => done(error ?? data.length)))`,
  }),
  script('papaparse', 'papaparse.min.js', {
    use: `return new Promise((done) => Papa.parse('a,b', { worker: true, complete: ({ data }) => done(data) }))`,
  }),
  script('katex', 'dist/katex.min.js', { use: `return katex.renderToString('x^2')` }),
  script('dompurify', 'dist/purify.min.js', { use: `return DOMPurify.sanitize('<b onclick=x>')` }),
  script('marked', 'lib/marked.umd.js', { use: `return marked.parse('# x')` }),
  script('comlink', 'dist/umd/comlink.min.js'),
  script('bootstrap', 'dist/js/bootstrap.bundle.min.js'),
  script('sql.js', 'dist/sql-wasm-browser.js', {
    use: `return initSqlJs({ locateFile: () => 'data.json' }).catch((error) => error.name)`,
  }),
]
