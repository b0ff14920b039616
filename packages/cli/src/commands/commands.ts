import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import { type CAC, cac } from 'cac'
import { coloursFor } from '../print/colours.ts'
import { FolderError, inject, repair, report, verify } from '@wasm-cos/folder'
import {
  addProject,
  addRewriteOptions,
  type Flags,
  givenFlags,
  manifestNameOf,
  projectOf,
  publicUrlOf,
  rewriteOptions,
} from './flags.ts'
import { addHashList } from './hash-list.ts'
import { addHeaders } from './headers.ts'
import { openFolder } from './open-folder.ts'
import { writeResult } from './write-result.ts'
import { injectedInWords } from '../print/inject.ts'
import { repairedInWords } from '../print/repair.ts'
import { reportInWords } from '../print/report.ts'
import { verifiedInWords } from '../print/verify.ts'
import { withProgress } from '../print/progress.ts'
import { reportPage } from '../print/report-page.ts'
import { readOptions } from './settings.ts'

/** Says how a command went: 0, good; 1, it found something. What could not run throws. */
type SetExitCode = (code: 0 | 1) => void

/** The commands, each a thin shell over what it is named after. */
export function createCommands(setExitCode: SetExitCode): CAC {
  const cli = cac('wasm-cos')
  const colours = coloursFor(process.stdout)
  const print = (result: object, words: () => string, { json }: Flags): void =>
    console.log(json ? JSON.stringify(result, undefined, 2) : words())

  const injectCommand = cli
    .command('inject <dir>', 'Make the pages in a folder load their wasm from Cross-Origin Storage')
    .option('--include <pattern>', 'Which wasm files take part; can be repeated (default: all)')
    .option('--exclude <pattern>', 'Which of them do not; can be repeated')
    .option(
      '--origins <who>',
      "Who may read what a page stores: auto, '*', same-site, or https://a,https://b (default: auto)",
    )
    .option('--verify <when>', 'Check the bytes of a hit: auto, true or false (default: auto)')
    .option('--integrity', 'Enforce the hash on the network path too')
    .option('--lookup-timeout <ms>', 'Milliseconds that a lookup may take (default: 500)')
    .option('--min-size <bytes>', 'Leave smaller wasm files alone (default: 0)')
    .option('--manifest [=file]', 'Write wasm-cos.manifest.json, or a file of this name, into the folder')
    .option('--public-hash-list <file>', 'Say of each file whether it is on this Public Hash List')
    .option('--strict', 'Change nothing and exit with 1 if there are warnings')
    .option(
      '--config <file>',
      'The configuration file (default: wasm-cos.config.{js,mjs,ts,mts,json} in --project)',
    )
    .option('--public-url <url>', 'Where the folder is served from, if not from the origin of its pages')
  addProject(addRewriteOptions(injectCommand))
    .example('  $ wasm-cos inject out --rename --update-integrity')
    .action(async (dir: string, flags: Flags) => {
      const project = projectOf(flags)
      const options = await readOptions(flags, project)
      const publicUrl = publicUrlOf(flags)
      const folder = await openFolder(dir, 'change')
      const result = await inject(folder, {
        options,
        project,
        ...(publicUrl && { publicUrl }),
        ...rewriteOptions(flags),
      })
      print(result, () => injectedInWords(result, dir, givenFlags(flags), colours), flags)
      setExitCode(result.outcome === 'refused' ? 1 : 0)
    })

  cli
    .command('verify <dir>', 'Check every hash that a folder carries against the file it stands for')
    .option('--manifest <file>', 'The manifest, if it is not called wasm-cos.manifest.json')
    .option('--json', 'Print JSON')
    .example('  $ wasm-cos verify dist')
    .action(async (dir: string, flags: Flags) => {
      const result = verify(await openFolder(dir, 'read'), manifestNameOf(flags))
      if (result.findings.length === 0) {
        throw new FolderError(
          `Nothing in ${dir} carries the hash of a wasm file: there is nothing to verify.`,
        )
      }
      print(result, () => verifiedInWords(result, colours), flags)
      setExitCode(
        result.findings.every(({ status }) => status === 'true') && result.staleCopies.length === 0 ? 0 : 1,
      )
    })

  const repairCommand = cli
    .command('repair <dir>', 'Mend hashes that a later step (wasm-opt, wasm-strip, a minifier) made stale')
    .option('--manifest <file>', 'The manifest, if it is not called wasm-cos.manifest.json')
  addRewriteOptions(repairCommand)
    .example('  $ wasm-opt -O3 dist/app.wasm -o dist/app.wasm && wasm-cos repair dist')
    .action(async (dir: string, flags: Flags) => {
      const result = await repair(
        await openFolder(dir, 'change'),
        rewriteOptions(flags),
        manifestNameOf(flags),
      )
      print(result, () => repairedInWords(result, dir, givenFlags(flags), colours), flags)
      setExitCode(
        result.outcome === 'refused' || result.beyond.length + result.staleCopies.length > 0 ? 1 : 0,
      )
    })

  const reportCommand = cli
    .command('report <dir>', 'Tell who benefits: which wasm other sites have too, and what a visitor saves')
    .option(
      '--public-hash-list <file>',
      'Say which hashes are on this Public Hash List: a .dat, CSV or packed file',
    )
    .option('--no-hugging-face', "Leave the list's section of Hugging Face out, as browsers may")
    .option('--html <file>', 'Write the report as a page')
    .option('--json', 'Print JSON')
  addProject(reportCommand)
    .example('  $ wasm-cos report dist --html report.html')
    .action(async (dir: string, flags: Flags) => {
      const list = flags.publicHashList
      const { huggingFace = true } = flags
      const hashList = list === undefined ? {} : { hashList: { path: resolve(list), huggingFace } }
      const project = projectOf(flags)
      const folder = await openFolder(dir, 'read')
      const result = await withProgress((progress) => report(folder, { project, ...hashList, progress }))
      if (flags.html !== undefined) {
        await writeResult('--html', flags.html, reportPage(result, basename(folder.path)))
      }
      print(result, () => reportInWords(result, colours), flags)
      setExitCode(0)
    })

  addHeaders(cli)
  addHashList(cli)

  cli.version(version())
  cli.help((sections) => {
    sections.push({
      title: 'Exit codes',
      body: '  0  good\n  1  found something: a stale hash, or a reason to change nothing\n  2  could not run',
    })
  })
  return cli
}

function version(): string {
  const manifest = createRequire(import.meta.url)('wasm-cos/package.json') as { version: string }
  return manifest.version
}
