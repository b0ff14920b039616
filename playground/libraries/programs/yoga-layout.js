import Yoga from 'yoga-layout'

const node = Yoga.Node.create()
node.setWidth(42)
node.calculateLayout(100, 100)
show(node.getComputedWidth())
