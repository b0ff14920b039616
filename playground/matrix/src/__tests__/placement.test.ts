import { join } from 'node:path'
import { embeddedHashes } from '@wasm-cos/harness/hash'
import { rspack } from '@rspack/core'
import { rspack as rspack1Module } from 'rspack1'
import { expect, test } from 'vitest'
import webpackModule from 'webpack'
import { entryOf, prepareApp } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { bundlers } from '../bundlers.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rolldown } from '../bundlers/rolldown.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack1, rspack2 } from '../bundlers/rspack.ts'
import { vite6, vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput } from '../output.ts'

const banner = '#!/usr/bin/env app\n"use client";\n/*! A licence */'
const footer = '/*! The end */'

type BannerPlugin = new (options: { banner: string; raw: true; footer?: boolean }) => object

const webpackPlugins = (Plugin: BannerPlugin) => ({
  plugins: [new Plugin({ banner, raw: true }), new Plugin({ banner: footer, raw: true, footer: true })],
})

/** How to say it in each bundler's own words. */
const overrides = new Map<Bundler, Record<string, unknown>>([
  [vite8, { build: { rollupOptions: { output: { banner, footer } } } }],
  [vite7, { build: { rollupOptions: { output: { banner, footer } } } }],
  [vite6, { build: { rollupOptions: { output: { banner, footer } } } }],
  [rollup, { banner, footer }],
  [rolldown, { banner, footer }],
  [webpack, webpackPlugins(webpackModule.BannerPlugin)],
  [rspack2, webpackPlugins(rspack.BannerPlugin as unknown as BannerPlugin)],
  [rspack1, webpackPlugins(rspack1Module.BannerPlugin as unknown as BannerPlugin)],
  [esbuild, { banner: { js: banner }, footer: { js: footer } }],
])

test.each(bundlers)(
  '$name: hashbang, directives and licences stay where they were, and but for declarations all code before the call',
  async (bundler) => {
    const app = await prepareApp('classic-script', bundler, 'placement')
    const build = async (folder: string, options?: false) => {
      const outDir = join(app, folder)
      await bundler.build({
        app,
        outDir,
        minify: false,
        overrides: overrides.get(bundler)!,
        ...(options === false && { options }),
      })
      return (await readOutput(outDir)).get(await entryOf(outDir))!.toString()
    }
    const plain = await build('plain', false)
    const instrumented = await build('instrumented')
    expect(embeddedHashes(instrumented)).toHaveLength(1)
    expect(instrumented.startsWith(banner)).toBe(true)
    // A classic script has its element in a variable before its first statement.
    const code = instrumented.replace(/var cosFetch_\w+_script=[^;]+;/, '')
    const before = (code: string) => code.slice(0, code.search(/\bfetch\(|;?\(typeof cosFetch_/))
    expect(before(code)).toBe(before(plain))
    expect(instrumented.split(footer)).toHaveLength(2)
  },
)
