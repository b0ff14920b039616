import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma'
import url from 'vscode-oniguruma/release/onig.wasm?url'

await loadWASM(await fetch(url))
show(createOnigScanner(['b']).findNextMatchSync(createOnigString('aab'), 0).captureIndices[0].start)
