import type { ScannedScript } from '../scan/scanned-script.ts'
import { scriptText } from './script-text.ts'

/**
 * An expression by which a script finds out its own URL when it asks for wasm; empty where no script of its kind can.
 *
 * A bundler's module with neither `import` nor `export` may be a classic script to a page (WordPress, content scripts of
 * extensions), where `import.meta` is a syntax error. As a module, it finds the element that has loaded it.
 *
 * @param path The script's own path in the output.
 * @param isImported Whether another script may bring it into a worker.
 * @param isOfExtension Whether it may be a content script of a browser's extension, for which there is no element.
 */
export function ownUrl(
  script: ScannedScript,
  name: string,
  path: string,
  { isImported, isOfExtension }: { isImported: boolean; isOfExtension: boolean },
): string {
  const { file, isModule, isModuleByAwait } = script
  if (file.page !== undefined) return `(${keptIfAny(name)}||${pageUrl})`
  if (isModule && !isModuleByAwait) return 'import.meta.url'
  const loader = `script[type=module][src*=${JSON.stringify(path)}]`
  const found =
    file.format === 'either' || isModuleByAwait ? `||document.querySelector(${scriptText(loader)})` : ''
  const ofWorker = isImported ? `${urlInStack(path)}||location.href` : 'location.href'
  // In pages this throws.
  const ofExtension = isOfExtension ? `chrome.runtime.getURL(${scriptText(path)})` : '""'
  // A worker may have a `document` of its own, for libraries that want one.
  return `(()=>{try{return typeof document<"u"?(${keptIfAny(name)}||document.currentScript${found}||0).src||${ofExtension}:${ofWorker}}catch(e){return""}})()`
}

/**
 * Statements for the top level of a script that keep what tells its URL only while it runs: the element of a classic script,
 * the address of a page, which may change without another page being loaded.
 */
export function keepOwnUrl(script: ScannedScript, name: string): string {
  if (script.file.page !== undefined) return `var ${kept(name)}=${pageUrl};`
  return script.isModule ? '' : `var ${kept(name)}=typeof document<"u"&&document&&document.currentScript;`
}

/**
 * An expression for the URL of a script that is running, in a worker whose own is a `blob:`: pages make a worker of one line, which
 * imports the script from elsewhere (tesseract.js). Only a stack says where.
 */
function urlInStack(path: string): string {
  const places = String.raw`Error().stack.split(/[\s()]+/)`
  const found = `${places}.find(place=>place.includes(${scriptText(path)}))`
  // In other browsers than Chromium, `name@` comes before.
  return String.raw`(location.protocol=="blob:"&&${found}||"").replace(/^.*?@(?=[\w-]+:\/\/)|:\d+:\d+$/g,"")`
}

function kept(name: string): string {
  return `${name}_script`
}

/**
 * An expression for what was kept under a name, or nothing: code may run elsewhere, made anew from its text, where
 * nothing was kept.
 */
function keptIfAny(name: string): string {
  return `typeof ${kept(name)}<"u"&&${kept(name)}`
}

/** An expression for a page's URL with its file name, where that is known: of the page at `/`. */
const pageUrl = '(location.pathname=="/"?"/index.html":location.href)'

/** The paths in the output with which a script's own URL may end: the empty one for the page of the output's folder. */
export function ownPaths(script: ScannedScript, importers: readonly string[]): string[] {
  const { fileName, page } = script.file
  if (page === undefined) return [fileName, ...importers]
  // Servers leave out what goes without saying.
  const short = page.fileName.replace(/(^|\/)index\.html?$/i, '$1').replace(/\.html?$/i, '')
  return [page.fileName, short]
}
