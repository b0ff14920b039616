import { IfcAPI } from 'web-ifc'
import url from 'web-ifc/web-ifc.wasm?url'

const api = new IfcAPI()
await api.Init(() => url, true)
show(api.CreateModel({ schema: 'IFC4' }))
