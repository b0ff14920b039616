import Box2DFactory from 'box2d-wasm'

const { b2Vec2 } = await Box2DFactory({ locateFile: (file) => `./box2d/${file}` })
show(new b2Vec2(0, 10).get_y())
