import { readFileSync } from 'node:fs'
import { stub } from '@wasm-cos/runtime/stub'
import { startVisitor, page, script } from '../browser/visitor.mjs'
import { modules } from '../modules.mjs'
const m = modules.find(x=>x.name==='sql.js')
const b = process.argv[2] ? readFileSync(process.argv[2],'utf8') : stub
const rounds = Number(process.argv[3] ?? 15)
const v = await startVisitor({
 '/browser/stub-b.js': script(`export const createCosFetch = ${b}`),
 '/p.js': script(new URL('page.js', import.meta.url)),
 '/p.html': page(['/browser/opfs-cos.js'], '/p.js'),
 ['/'+m.fileName]: {type:'application/wasm', body:m.bytes},
}, {megabits:Infinity, latency:0})
const t={file:m.fileName,size:m.bytes.length,hash:m.hash,url:'/'+m.fileName}
await v.visit('/p.html', p=>p.evaluate(x=>bench.put(x), t))
const res={}
const ways=['a','b','e']
for(let i=0;i<rounds+1;i++) for(const compile of [true,false]) for(const w of (i%2?[...ways].reverse():ways)){
  const r=await v.visit('/p.html', p=>p.evaluate(x=>bench.measure(x), {...t,loader:w,compile}))
  if(i) (res[w+(compile?' compile':'')]??=[]).push(r)
}
const q=(a,f)=>[...a].sort((x,y)=>x-y)[Math.floor(a.length*f)].toFixed(2)
for(const k in res){ console.log(k.padEnd(12), [0,1,2,3].map(i=>{const a=res[k].map(r=>r[i]); return ['response','total','2nd response','2nd total'][i]+' '+q(a,.5)+' ('+q(a,.25)+'-'+q(a,.75)+')'}).join('  '))}
await v.close()
