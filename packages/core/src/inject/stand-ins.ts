import { nameInWrapper } from '../scan/fetch-use.ts'
import { nameOfObject, nameOfValues } from './references.ts'
import { withGlobals } from './with-globals.ts'

/**
 * Writes the function that gives code which passes `fetch` on a function in its place: the same for the same `fetch`, since
 * code may compare it, or remember things by it. It has the properties, name and text of that `fetch`, and refuses to
 * be called on what that refuses. By one property more, comparisons find out what it stands for. Where there is no Cross-Origin
 * Storage, the code gets the `fetch` itself.
 *
 * @param name The stub's.
 */
export function standIns(name: string, shadowed: string[]): string {
  const all = `${nameOfValues(name)}.cosFetches`
  const apply = `(own,that,args)=>that==null||that.self===that?${name}(that==null?own:own.bind(that))(...args):own.apply(that,args)`
  const get = `(own,key)=>key=="${nameInWrapper}"?own[key]||own:key=="toString"?()=>own+"":own[key]`
  const create = withGlobals(`(own=>new Proxy(own,{apply:${apply},get:${get}}))`, shadowed, ['Proxy'])
  return (
    `function ${nameOfValues(name)}(fetch){const all=${all}||(${all}=[]);let pair=all.find(pair=>pair.includes(fetch));` +
    `if(!pair&&typeof fetch=="function")all.push(pair=[fetch,${name}(fetch)==fetch?fetch:${create}(fetch)]);return pair?pair[1]:fetch}`
  )
}

/**
 * Writes the function that gives code which calls `fetch` on the global object an object in its place: who has replaced
 * `fetch` may look at what it is called on.
 *
 * @param name The stub's.
 */
export function objectStandIn(name: string): string {
  return `function ${nameOfObject(name)}(own){return own&&own.fetch?{fetch:${name}(own.fetch.bind(own))}:own}`
}
