import highsLoader from 'highs'
import url from 'highs/runtime?url'

const highs = await highsLoader({ locateFile: () => url })
show(highs.solve('Maximize\n obj: x\nSubject To\n c1: x <= 4\nEnd').ObjectiveValue)
