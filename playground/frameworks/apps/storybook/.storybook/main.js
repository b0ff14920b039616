import wasmCos from '@wasm-cos/vite-plugin'
import { mergeConfig } from 'vite'

export default {
  framework: '@storybook/html-vite',
  stories: ['../src/*.stories.js'],
  staticDirs: ['../public'],
  viteFinal: (config) => mergeConfig(config, { plugins: [wasmCos({ lookupTimeout: 60_000 })] }),
}
