import { init, Tiktoken } from 'tiktoken/lite/init'
import url from 'tiktoken/lite/tiktoken_bg.wasm?url'
import model from 'tiktoken/encoders/cl100k_base.json'

await init((imports) => WebAssembly.instantiateStreaming(fetch(url), imports))
show(new Tiktoken(model.bpe_ranks, model.special_tokens, model.pat_str).encode('hello world').length)
