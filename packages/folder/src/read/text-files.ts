/** The names of files that are no texts: such files neither name others nor carry their digests. */
const binaryName =
  /\.(wasm|unityweb|br|gz|zst|zip|tar|tgz|7z|pack|png|jpe?g|gif|webp|avif|ico|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|ogg|wav|flac|pdf|data|bin|onnx|ort|tflite|task|pb|safetensors|gguf|node|so|dylib|dll|exe)$/i

/** Whether a file may be a text. */
export function isTextName(fileName: string): boolean {
  return !binaryName.test(fileName)
}

/**
 * The largest text of an unknown kind that is read, in bytes. Scripts, pages and the like are read whatever their size.
 */
export const largestOtherText = 8_000_000
