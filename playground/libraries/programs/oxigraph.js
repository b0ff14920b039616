import init, { Store } from 'oxigraph/web.js'

await init()
show(new Store().size)
