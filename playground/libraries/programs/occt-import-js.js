import occtimportjs from 'occt-import-js'
import url from 'occt-import-js/dist/occt-import-js.wasm?url'

const occt = await occtimportjs({ locateFile: () => url })
show(occt.ReadStepFile(new TextEncoder().encode('nothing'), null).success)
