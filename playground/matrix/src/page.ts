import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes `index.html`, which has what the harness asks for.
 *
 * @param scripts Elements of the page's head.
 */
export async function writeHtml(outDir: string, ...scripts: string[]): Promise<void> {
  await writeFile(
    join(outDir, 'index.html'),
    `<!doctype html><html><head><meta charset="utf-8">${scripts.join('')}</head><body><pre id="result"></pre></body></html>`,
  )
}

/** A script of the page, which counts as an application in it. */
export function scriptElement(type: 'module' | 'classic', src: string): string {
  return `<script data-app ${type === 'module' ? 'type="module"' : 'defer'} src="${src}"></script>`
}
