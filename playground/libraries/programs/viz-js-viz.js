import { instance } from '@viz-js/viz'

const viz = await instance()
show(viz.renderString('digraph { a -> b }').includes('digraph'))
