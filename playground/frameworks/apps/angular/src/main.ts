import { Component } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import url from './answer.wasm'
import { load } from './load.js'

@Component({ selector: 'app-root', template: '<pre id="result"></pre>' })
class App {
  ngAfterViewInit() {
    void load(url, '/shipped.wasm')
  }
}

bootstrapApplication(App)
