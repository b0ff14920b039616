import init, { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-web'

await init()
const workspace = new Workspace(Workspace.defaultSettings(), PositionEncoding?.Utf16)
show(workspace.format('a=1').trim())
