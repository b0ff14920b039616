import { type ImportMap, moduleScripts, type ScriptFile, isPageName, isScriptName } from '@wasm-cos/core'
import { findImportMaps, findInlineScripts } from './inline-scripts.ts'

/** The scripts among texts: files, and those that stand in pages. */
export function scriptsIn(texts: Iterable<[name: string, text: string]>): ScriptFile[] {
  const all = [...texts]
  const isModule = moduleScripts(all)
  return all.flatMap(([fileName, text]): ScriptFile[] => {
    if (isPageName(fileName)) return findInlineScripts(fileName, text)
    if (!isScriptName(fileName)) return []
    const chunkList = chunkListIn(text)
    const script: ScriptFile = { type: 'script', fileName, code: text, ...(chunkList && { chunkList }) }
    return fileName.endsWith('.mjs') || isModule(fileName) ? [{ ...script, format: 'module' }] : [script]
  })
}

/** The import maps in the pages among texts. */
export function importMapsIn(texts: Iterable<[name: string, text: string]>): ImportMap[] {
  return [...texts].flatMap(([name, text]) => (isPageName(name) ? findImportMaps(name, text) : []))
}

/**
 * The list of chunks that a script of webpack or Rspack reads or adds to.
 *
 * @see https://webpack.js.org/configuration/output/#outputchunkloadingglobal
 */
function chunkListIn(code: string): string | undefined {
  const [, byName, inBrackets] = code.match(chunkList) ?? []
  return byName ?? inBrackets
}

/** As in `self.webpackChunkapp`, or `self["webpackChunkmy-app"]`. */
const chunkList =
  /\w\.((?:webpackChunk|rspackChunk|webpackJsonp)[\w$]*)|\[["']((?:webpackChunk|rspackChunk|webpackJsonp)[^"']*)["']\]/
