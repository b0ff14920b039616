import { CacheManager } from '@wllama/wllama/esm/index.js'

export async function load() {
  const url = new URL('org/model/resolve/main/model.gguf', location.href).href
  const cache = new CacheManager()
  await cache.download(url)
  return (await cache.open(url)).text()
}
