import { Graphviz } from '@hpcc-js/wasm-graphviz'

const graphviz = await Graphviz.load()
show(graphviz.dot('digraph { a -> b }').includes('<svg'))
