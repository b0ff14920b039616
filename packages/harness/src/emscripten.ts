import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../emscripten')

/** What Emscripten links: glue as an ES module, and the file that it loads, whose export `answer()` returns 42. */
export interface LinkedByEmscripten {
  glue: string
  /** The name by which the glue knows the file. */
  fileName: string
  wasm: Buffer
}

/**
 * What Emscripten 6.0.5 links with `-sCROSS_ORIGIN_STORAGE`, see `emscripten/README.md`.
 *
 * @param name `hello` is readable, `optimised` as `-O3` leaves it.
 */
export function linkedByEmscripten(name: 'hello' | 'optimised' = 'hello'): LinkedByEmscripten {
  const fileName = `${name}.wasm`
  return {
    glue: readFileSync(join(folder, `${name}.mjs`), 'utf8'),
    fileName,
    wasm: readFileSync(join(folder, fileName)),
  }
}

/** The same with the loader of newer versions: it streams, both a hit and a miss. */
export function linkedByNewerEmscripten(): LinkedByEmscripten {
  const linked = linkedByEmscripten()
  const glue = linked.glue.replace(
    /if \(globalThis\.navigator\?\.crossOriginStorage\) \{[^]*?\n {2}\}\n/,
    () => streaming,
  )
  if (glue === linked.glue) throw new Error('The glue is not what this was written for.')
  return { ...linked, glue }
}

// Written anew after the description of emscripten#27609, which is in no release that a package has.
const streaming = `if (globalThis.navigator?.crossOriginStorage) {
    var wanted = Module['wasmHash'];
    var asWasm = (body) => new Response(body, { headers: { 'Content-Type': 'application/wasm' } });
    try {
      var found = await navigator.crossOriginStorage.requestFileHandle(wanted);
      var stored = await found.getFile();
      return await WebAssembly.instantiateStreaming(asWasm(stored.stream()), imports);
    } catch {
      try {
        var downloaded = await fetch(binaryFile, { credentials: 'same-origin' });
        if (!downloaded.ok) throw new Error(downloaded.status);
        var [compiled, kept] = downloaded.body.tee();
        (async () => {
          try {
            var created = await navigator.crossOriginStorage.requestFileHandle(wanted, { create: true, origins: '*' });
            await kept.pipeTo(await created.createWritable());
          } catch (storeError) {
            err(\`not stored: \${storeError}\`);
            kept.cancel().catch(() => {});
          }
        })();
        return await WebAssembly.instantiateStreaming(asWasm(compiled), imports);
      } catch (downloadError) {
        err(\`not downloaded: \${downloadError}\`);
      }
    }
  }
`
