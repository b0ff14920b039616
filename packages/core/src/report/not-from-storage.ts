import { adviceForText } from './loader-as-text.ts'

/** Why a file does not come from Cross-Origin Storage, and what to do. */
export interface Reason {
  reason: string
  advice: string
}

/** Says that a file does not come from Cross-Origin Storage. */
export function notFromStorage(fileName: string, { reason, advice }: Reason): string {
  return `${fileName} will not come from Cross-Origin Storage: ${reason}. ${advice}, or exclude it with the option 'exclude'.`
}

/** The reason where a script imports a file as a module. */
export function importedAsModule(script: string): Reason {
  return {
    reason: `${script} imports it as a module, which the browser loads by itself`,
    advice: "Import its URL instead, or './module.wasm?cos'",
  }
}

/** The reason where a script carries, as text, what loads a file. */
export function loadedAsText(script: string): Reason {
  return {
    reason: `${script} has what loads it as the text of a worker, which is out of reach`,
    advice: adviceForText,
  }
}
