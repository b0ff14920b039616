import { getQuickJS } from 'quickjs-emscripten'

const QuickJS = await getQuickJS()
show(QuickJS.evalCode('6 * 7'))
