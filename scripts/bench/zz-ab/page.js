import { createCosFetch as a } from '/browser/stub.js'
import { createCosFetch as b } from '/browser/stub-b.js'
import { fetchAsEmscripten } from '/browser/loaders.js'
const make = (createCosFetch, {file,size,hash}) => { const f = createCosFetch([[file, size, { algorithm: 'SHA-256', value: hash }, '*']], [[], [], [file]], 2, 1000); return (u)=>f()(u) }
async function measure({ file, size, hash, loader, compile, url }) {
  const target = { url, hash: { algorithm: 'SHA-256', value: hash } }
  const load = loader === 'e' ? () => fetchAsEmscripten(target, ()=>{}) : (() => { const f = make(loader==='a'?a:b, {file,size,hash}); return () => f(target.url) })()
  const out = []
  for (let i = 0; i < 2; i++) {
    const t = performance.now()
    const r = await load()
    const t1 = performance.now()
    if (compile) await WebAssembly.compileStreaming(r); else await r.body.cancel()
    out.push(t1 - t, performance.now() - t)
  }
  return out
}
async function put({ file, hash }) {
  const handle = await (await navigator.storage.getDirectory()).getFileHandle(hash, { create: true })
  const writable = await handle.createWritable()
  await writable.write(await (await fetch(`/${file}`)).blob())
  await writable.close()
}
Object.assign(globalThis, { bench: { measure, put } })
