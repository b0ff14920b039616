import { V86 } from 'v86'
import wasm_path from 'v86/build/v86.wasm?url'

const emulator = new V86({ wasm_path, memory_size: 2 ** 24, autostart: false })
emulator.add_listener('emulator-ready', () => show('ready'))
