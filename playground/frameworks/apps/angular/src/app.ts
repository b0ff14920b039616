import { Component, afterNextRender } from '@angular/core'
import url from './answer.wasm'
import { load } from './load.js'

@Component({ selector: 'app-root', template: '<pre id="result"></pre>' })
export class App {
  // In browsers alone.
  readonly loading = afterNextRender(() => void load(url, '/shipped.wasm'))
}
