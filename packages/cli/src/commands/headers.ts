import type { CAC } from 'cac'
import { FolderError, headerOf, verify } from '@wasm-cos/folder'
import { CommandError } from '../command-error.ts'
import { headerFor, hosts } from '../print/headers.ts'
import { type Flags, manifestNameOf } from './flags.ts'
import { openFolder } from './open-folder.ts'

/** Adds `wasm-cos headers`. */
export function addHeaders(cli: CAC): void {
  cli
    .command(
      'headers <dir>',
      'Print the response header that pages need which store files for a list of origins',
    )
    .option('--for <host>', `In the form of a host's configuration: ${hosts.join(', ')}`)
    .option('--manifest <file>', 'The manifest, if it is not called wasm-cos.manifest.json')
    .option('--json', 'Print JSON')
    .example('  $ wasm-cos headers dist --for netlify > dist/_headers')
    .action(async (dir: string, { for: host, json, ...flags }: Flags & { for?: string }) => {
      if (host !== undefined && !hosts.includes(host))
        throw new CommandError(`--for is '${host}': use ${hosts.slice(0, -1).join(', ')} or ${hosts.at(-1)}.`)
      const folder = await openFolder(dir, 'read')
      const header = headerOf(folder, manifestNameOf(flags))
      if (header === undefined) {
        if (verify(folder, manifestNameOf(flags)).findings.length === 0)
          throw new FolderError(
            `Nothing in ${dir} carries the hash of a wasm file: no page of it stores one.`,
          )
        // What is printed may be on its way into a file of headers: an empty one, or an empty object where it is JSON.
        console.error(`Nothing in ${dir} is stored for a list of origins: its pages need no header.`)
        if (json || host === 'vercel') console.log('{}')
        return
      }
      const text = host === undefined ? `${header.name}: ${header.value}` : headerFor(host, header)
      console.log(json ? JSON.stringify({ [header.name]: header.value }, undefined, 2) : text)
    })
}
