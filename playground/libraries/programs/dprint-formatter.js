import { createStreaming } from '@dprint/formatter'
import url from '@dprint/typescript/plugin.wasm?url'

const formatter = await createStreaming(fetch(url))
show(formatter.formatText({ filePath: 'a.ts', fileText: 'show( 42 )' }).trim())
