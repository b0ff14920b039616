import { expect, test } from 'vitest'
import { findInlineScripts } from './inline-scripts.ts'

const codes = (html: string): string[] => findInlineScripts('index.html', html).map(({ code }) => code)

test('scripts of a page and of its templates are found', () => {
  const html =
    '<script>1</script><template><script type=module>2</script></template><script src=a.js></script>'
  expect(codes(html)).toEqual(['1', '2'])
})

test('the script of an SVG image is markup, in which no code with < can stand, but for CDATA', () => {
  const image = (code: string) => `<svg><script>${code}</script></svg>`
  expect(codes(image('fetch("a.wasm")'))).toEqual([])
  const raw = '//<![CDATA[\nfetch("a.wasm")\n//]]>'
  expect(codes(image(raw))).toEqual([raw])
  expect(codes(image('fetch("a.wasm") // <![CDATA[ ]]>'))).toEqual([])
  expect(codes(image('<![CDATA[fetch("a.wasm")]]>'))).toEqual([])
})
