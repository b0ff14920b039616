import wasmCos from '@wasm-cos/webpack-plugin'

export default {
  output: process.env.SERVER ? undefined : 'export',
  webpack(config) {
    config.plugins.push(wasmCos({ lookupTimeout: 60_000 }))
    return config
  },
}
