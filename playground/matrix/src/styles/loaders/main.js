import { load } from './loader.js'
import { show } from './show.js'

void load().then(show)
