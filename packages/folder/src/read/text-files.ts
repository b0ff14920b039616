/** What is no text, as its name says: such files neither name others nor carry their digests. */
const binaryName =
  /\.(wasm|unityweb|br|gz|zst|zip|tar|tgz|7z|pack|png|jpe?g|gif|webp|avif|ico|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|ogg|wav|flac|pdf|data|bin|onnx|ort|tflite|task|pb|safetensors|gguf|node|so|dylib|dll|exe)$/i

/** Whether a file may be a text. */
export function isTextName(fileName: string): boolean {
  return !binaryName.test(fileName)
}

/** Scripts, pages and the like are read whatever their size, texts of unknown kinds up to this many bytes. */
export const largestOtherText = 8_000_000
