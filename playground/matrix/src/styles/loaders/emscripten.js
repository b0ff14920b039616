import createModule from './glue.mjs'

// oxlint-disable-next-line no-underscore-dangle -- Emscripten's name of the C function.
export const load = async () => (await createModule())._answer()
