import { expect, test } from 'vitest'
import { hostOf } from './host.ts'

test.each([
  ['fetch("//# sourceMappingURL=%s")', 'v/a.js.map'],
  ['fetch(a)\n//# sourceMappingURL=%E0.map', 'v/%E0.map'],
  ['fetch(a)\n//# sourceMappingURL=maps/%C3%A4.map', 'v/maps/ä.map'],
  ['fetch(a)\n/*# sourceMappingURL=/b.map?1 */ // end', 'b.map'],
  ['fetch(a)\n/*# sourceMappingURL=/b.map?1 */', 'b.map'],
  ['x("//# sourceMappingURL=" + y)\n//# sourceMappingURL=a.map\n//# debugId=1', 'v/a.map'],
])('the source map of %s', (code, map) => {
  const site = { root: '', wasm: [], scripts: [], importMaps: [], unreadable: [], nameInFolder: String }
  const host = hostOf(site, { root: '/', textOf: (name) => (name === 'v/a.js' ? code : undefined) })
  expect(host.mapNameOf('v/a.js')).toBe(map)
})
