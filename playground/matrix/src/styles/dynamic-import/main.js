import { show } from './show.js'

const { load } = await import('./lazy.js')
show(await load())
