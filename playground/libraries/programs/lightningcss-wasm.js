import init, { transform } from 'lightningcss-wasm'

await init()
const { code } = transform({
  filename: 'a.css',
  code: new TextEncoder().encode('a { color: #f00 }'),
  minify: true,
})
show(new TextDecoder().decode(code))
