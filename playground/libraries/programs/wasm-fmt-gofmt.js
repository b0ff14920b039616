import init, { format } from '@wasm-fmt/gofmt/web'

await init()
show(format('package   main').trim())
