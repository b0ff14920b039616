import * as ort from 'onnxruntime-web/wasm'

// A model that adds two numbers.
const model =
  'CAg6RgoOCgF4CgF5EgF6IgNBZGQSAWdaDwoBeBIKCggIARIECgIIAVoPCgF5EgoKCAgBEgQKAggBYg8KAXoSCgoICAESBAoCCAFCAhAN'
const session = await ort.InferenceSession.create(await (await fetch(`data:;base64,${model}`)).bytes())
const tensor = (value) => new ort.Tensor('float32', [value], [1])
show((await session.run({ x: tensor(40), y: tensor(2) })).z.data[0])
