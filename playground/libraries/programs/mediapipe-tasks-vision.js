import { FilesetResolver, ObjectDetector } from '@mediapipe/tasks-vision'

const vision = await FilesetResolver.forVisionTasks('./mediapipe')
// Without a model, the task starts its runtime and then has nothing to run.
const error = await ObjectDetector.createFromOptions(vision, {
  baseOptions: { modelAssetBuffer: new Uint8Array(8) },
}).catch(String)
show(/model|flatbuffer|zip/i.test(error) ? 'ready' : error)
