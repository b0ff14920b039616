import { expect, test } from 'vitest'
import { hintWarnings } from './hint-warnings.ts'

const shared = ['assets/a-1f2e3d4c.wasm']

const messages = (name: string, text: string) =>
  hintWarnings(new Map([[name, text]]), shared).map(({ message }) => message)

test.each([
  [
    'sw.js',
    'e.precacheAndRoute([{url:"assets/a-1f2e3d4c.wasm",revision:null}],{})',
    /^sw\.js:1 precaches .*globIgnores/,
  ],
  [
    'sw.js',
    "const list = ['/', './assets/a-1f2e3d4c.wasm']\nself.addEventListener('install', (e) => e.waitUntil(caches.open('v1').then((c) => c.addAll(list))))",
    /^sw\.js:1 precaches .* Leave it out of the list, unless .* offline/,
  ],
  [
    'sw.js',
    "self.addEventListener('install', (e) => caches.open('v1').then((c) => c.addAll(['/', 'assets/a-1f2e3d4c.wasm'])))",
    /^sw\.js:1 precaches/,
  ],
  [
    'sw.js',
    "const wasm = 'assets/a-1f2e3d4c.wasm', list = ['/'].concat(wasm); self.addEventListener('install', (e) => caches.open('v1').then((c) => c.addAll(list)))",
    /^sw\.js:1 precaches/,
  ],
  [
    'ngsw.json',
    '{\n"assetGroups":[{"installMode":"prefetch","urls":["/index.html",\n"/assets/a-1f2e3d4c.wasm"]}]}',
    /^ngsw\.json:3 precaches .* installMode 'lazy'/,
  ],
  // What is added may come from elsewhere than from the list.
  ...[
    'const FILES = {"assets/a-1f2e3d4c.wasm": "0795963e73f4acf519ab8ca50f330836"};caches.open(1).then((c) => c.addAll(Object.keys(FILES)))',
    "const L = ['/'], W = ['assets/a-1f2e3d4c.wasm'];caches.open(1).then((c) => c.addAll(['/', ...W]))",
    "const W = 'assets/a-1f2e3d4c.wasm';caches.open(1).then((c) => c.addAll(['/', W]))",
    "const L = ['/'];\nL.push('assets/a-1f2e3d4c.wasm');caches.open(1).then((c) => c.addAll(L))",
    "let L = [];\nif (a) L = ['assets/a-1f2e3d4c.wasm'];caches.open(1).then((c) => c.addAll(L))",
    "const L = ['/'];\nfunction f() { const L = ['assets/a-1f2e3d4c.wasm']; caches.open(1).then((c) => c.addAll(L)) }",
    "const L = ['/'];\ncaches.open(1).then((c) => (c.addAll(L), ['assets/a-1f2e3d4c.wasm'].map((u) => fetch(u).then((r) => c.put(u, r)))))",
    "const L = ['/' /* see [1] */, 'assets/a-1f2e3d4c.wasm'];\ncaches.open(1).then((c) => c.addAll(L))",
  ].map((code): [string, string, RegExp] => ['sw.js', `addEventListener('install', f);${code}`, /precaches/]),
])('%s: %s', (name, text, message) => {
  expect(messages(name, text)).toEqual([expect.stringMatching(message)])
})

test.each([
  // Godot's, which keeps what else is asked for.
  [
    'index.service.worker.js',
    "const CACHED_FILES = ['index.html', 'index.js'];\nconst CACHABLE_FILES = ['assets/a-1f2e3d4c.wasm'];\nself.addEventListener('install', (event) => { event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(CACHED_FILES))); });",
  ],
  // Flutter's, which stores few of what it knows.
  [
    'flutter_service_worker.js',
    `const RESOURCES = {"assets/a-1f2e3d4c.wasm": "0795963e73f4acf519ab8ca50f330836",\n"/": "81d22f0247f3adf97242e08d7450db79"};\nconst CORE = ["index.html"];\nself.addEventListener("install", (event) => event.waitUntil(caches.open(TEMP).then((cache) => cache.addAll(CORE.map((value) => new Request(value, {'cache': 'reload'}))))));\nasync function downloadOffline() { for (var key of Object.keys(RESOURCES)) resources.push(key); contentCache.addAll(resources); contentCache.put(request, response) }`,
  ],
  ['ngsw.json', '{"assetGroups":[{"installMode":"lazy","urls":["/assets/a-1f2e3d4c.wasm"]}]}'],
  ['ngsw.json', 'not JSON, assets/a-1f2e3d4c.wasm'],
  [
    'app.js',
    "WebAssembly.compileStreaming(fetch('assets/a-1f2e3d4c.wasm')); caches.open('v1').then((c) => c.addAll(['install']))",
  ],
  ['app.js', "fetch('assets/a-1f2e3d4c.wasm')"],
])('%s precaches nothing: %s', (name, text) => {
  expect(messages(name, text)).toEqual([])
})
