// In the place of ONNX Runtime, which is large and not asked for anything here.
export const InferenceSession = {}
export function Tensor() {}
export const env = { wasm: {}, versions: {} }
