import init, { format } from '@wasm-fmt/clang-format/web'

await init()
show(format('int  a ;', 'main.cc', 'Chromium'))
