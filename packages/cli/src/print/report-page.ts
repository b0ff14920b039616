import { type Report, type ReportedFile, reportMark } from '@wasm-cos/folder'
import { savingsInWords, whoFindsIt, whoShipsIt } from './report.ts'
import { sizeInWords } from './words.ts'

/** The report as one page that needs nothing else and prints. */
export function reportPage(report: Report, title: string): string {
  const { files, savedFromAnySite, savedFromThisSite } = report
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${reportMark}
<title>Shared WebAssembly in ${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="eyebrow">wasm-cos report</p>
<h1>${escape(title)}</h1>
</header>
<dl class="figures">
${figure(String(files.length), files.length === 1 ? 'wasm file' : 'wasm files')}
${figure(sizeInWords(savedFromThisSite), 'over the wire')}
${figure(sizeInWords(savedFromAnySite), 'saved by a visitor who finds them from other sites')}
</dl>
${savingsInWords(report)
  .map((sentence) => `<p>${escape(sentence)}</p>`)
  .join('\n')}
${files.map((file) => section(file, savedFromThisSite)).join('\n')}
<footer><p>“Over the wire” is the smallest compressed copy beside the file, or what gzip makes of it; a bar is a file’s part of all of it. Hashes are SHA-256 of the bytes that ship.</p></footer>
</main>
</body>
</html>
`
}

function figure(value: string, label: string): string {
  return `<div><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`
}

const badges = {
  dependency: 'Other sites ship it too',
  private: 'A private package’s',
  changed: 'Changed by the build',
  site: 'Only this site',
}

function section(file: ReportedFile, total: number): string {
  const { chunks, hash, isListed, provenance, size, transferSize } = file
  const share = total === 0 ? 0 : (100 * transferSize) / total
  const facts: [string, string][] = [
    ['Who ships it', escape(whoShipsIt(file))],
    ['Size', `${sizeInWords(size)}, ${sizeInWords(transferSize)} over the wire`],
    [
      'Who will find it',
      chunks.length === 0 ? 'nobody: no script carries the hash' : escape(whoFindsIt(file)),
    ],
    ['Carried by', escape(chunks.join(', ') || 'no script')],
    ['SHA-256', `<code>${hash.match(/.{8}/g)!.join('<wbr>')}</code>`],
  ]
  if (isListed !== undefined) facts.push(['Public hash list', isListed ? 'on the list' : 'not on the list'])
  return `<section class="${provenance}">
<h2>${escape(file.file)}</h2>
<p class="badge">${badges[provenance]}</p>
<div class="bar"><span style="width:${share.toFixed(1)}%"></span></div>
<dl>${facts.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join('')}</dl>
</section>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const style = `
:root{color-scheme:light dark;--ink:#1d2026;--soft:#5b6270;--line:#dfe2e8;--paper:#fff;--dependency:#0b7a4b;--changed:#a85a00;--site:#5b6270}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaee;--soft:#a0a7b4;--line:#363b45;--paper:#16181d;--dependency:#4cc38a;--changed:#e8a04a;--site:#a0a7b4}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:54rem;margin:0 auto;padding:3rem 1.5rem}
.eyebrow{color:var(--soft);font-size:.85rem}
h1{font-size:2rem;line-height:1.2;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:1rem 3rem;margin:2rem 0}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dd{font-size:1.75rem;font-weight:600;font-variant-numeric:tabular-nums}
.figures dt{color:var(--soft);font-size:.9rem;max-width:14rem}
main>p{max-width:42rem;margin-bottom:.5rem}
section{border-top:1px solid var(--line);margin-top:2rem;padding-top:1.25rem;break-inside:avoid}
h2{font-size:1.1rem;overflow-wrap:anywhere}
.badge{color:var(--kind);font-size:.9rem;font-weight:600}
.dependency{--kind:var(--dependency)}.changed{--kind:var(--changed)}.private,.site{--kind:var(--site)}
.bar{background:var(--line);border-radius:3px;height:6px;margin:.6rem 0 1rem;overflow:hidden;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar span{background:var(--kind);display:block;height:100%;min-width:2px}
section dl div{display:grid;grid-template-columns:9rem 1fr;gap:1rem;padding:.15rem 0}
section dt{color:var(--soft)}
section dd{overflow-wrap:anywhere}
code{font:.85rem ui-monospace,monospace}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.85rem;margin-top:2rem;padding-top:1rem}
@media(max-width:36rem){section dl div{grid-template-columns:1fr;gap:0;padding:.3rem 0}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#ccc;--paper:#fff;--dependency:#0b7a4b;--changed:#a85a00;--site:#444}main{padding:0}}
`
