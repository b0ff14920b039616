/** The page's looks. A text, so that no bundler needs a CSS loader to build the application. */
const css = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f7f7fb, #0f0f17);
  --card: light-dark(#fff, #181823);
  --line: light-dark(#e6e5ef, #2a2a3a);
  --text: light-dark(#1b1a2b, #f0eff8);
  --quiet: light-dark(#6a6880, #9c9ab4);
  --accent: light-dark(#5b45e8, #9a8bff);
  --good: light-dark(#0c7f52, #45d69a);
  --warm: light-dark(#a85405, #ffb15c);
  --bad: light-dark(#b3261e, #ff8a80);
  font: 15px/1.45 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--ground); color: var(--text); padding: clamp(12px, 4vw, 40px); }
header, main { max-width: 560px; margin-inline: auto; }
header { margin-bottom: 20px; }
header p { color: var(--quiet); }
h1 { font-size: 26px; letter-spacing: -.02em; line-height: 1.2; }
main, section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
.wasm article, .wasm .waiting, .answer {
  background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 14px 16px;
}
.wasm article { border-left: 4px solid var(--tone); }
.waiting { color: var(--quiet); }
[data-outcome] { --tone: var(--warm); }
[data-outcome=hit], [data-outcome=cached] { --tone: var(--good); }
[data-outcome=error] { --tone: var(--bad); }
.headline { display: flex; justify-content: space-between; align-items: center; gap: 8px; }
.headline strong { color: var(--tone); }
.badge {
  font-size: 12px; font-weight: 600; color: var(--tone); padding: 2px 9px; border-radius: 99px; white-space: nowrap;
  background: color-mix(in srgb, var(--tone) 13%, transparent);
}
dl { display: grid; grid-template-columns: repeat(3, auto); justify-content: space-between; margin-block: 8px; }
dt { font-size: 12px; color: var(--quiet); }
dd { margin: 0; font-size: 19px; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.file, pre { font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; color: var(--quiet); }
.file { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
pre { white-space: pre-wrap; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { caption-side: bottom; text-align: left; color: var(--quiet); font-size: 12px; padding-top: 8px; }
th { text-align: left; font-weight: 550; }
thead th { font-size: 12px; font-weight: 500; color: var(--quiet); padding: 0 8px 4px; }
td, thead th:not(:first-child) { text-align: right; }
tbody tr {
  background: linear-gradient(90deg, color-mix(in srgb, var(--accent) 14%, transparent) 0 0)
    no-repeat 0 50% / calc(var(--share) * 100%) calc(100% - 4px);
}
tbody th, tbody td { padding: 5px 8px; }
@media (max-width: 340px) {
  table { font-size: 14px; }
  tbody th, tbody td { padding-inline: 5px; }
  thead th { padding-inline: 5px; }
}
.failure { color: var(--bad); overflow-wrap: anywhere; }
[data-embedded=true] body { background: transparent; padding: 0; }
[data-embedded=true] header { display: none; }
[data-embedded=true] :is(article, .waiting, .answer) { border-radius: 0; border-width: 0 0 1px; background: none; }
[data-embedded=true] .answer { border-width: 0; }
[data-embedded=true] main { gap: 0; }
`

/** Puts the looks on the page. */
export function addStyle() {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
