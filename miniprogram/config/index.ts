import { resolve } from 'node:path'
import { defineConfig } from '@tarojs/cli'

const root = resolve(__dirname, '../..')
const shared = resolve(root, 'shared')
// Zustand is written in newer syntax than old phones read; nothing in node_modules is compiled unless named here.
const compile = { include: [shared, resolve(root, 'node_modules/zustand')] }
const px = { pxtransform: { enable: false } }

export default defineConfig({
  projectName: 'yinxiang',
  logger: { quiet: true, stats: false },
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.OUTPUT ?? process.env.TARO_ENV}`,
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  // WeChat has no relative addresses; the browser takes none.
  defineConstants: {
    API_BASE: JSON.stringify(process.env['API_BASE'] ?? ''),
    BUILD: JSON.stringify(process.env['BUILD'] ?? ''),
  },
  plugins: [resolve(__dirname, 'aria-plugin.cjs'), resolve(__dirname, 'sent-data-plugin.cjs')],
  // A Chinese character takes three bytes as it stands and six escaped.
  terser: { enable: true, config: { output: { ascii_only: false } } },
  // What lies deeper than so many nodes is drawn by a component of its own; hardly a page does. Each level is 5 KB of base.wxml.
  baseLevel: 11,
  mini: {
    optimizeMainPackage: { enable: true },
    compile,
    postcss: px,
  },
  h5: {
    router: { mode: 'hash' },
    // Fast refresh would take a package of its own.
    devServer: { hot: false },
    publicPath: '/',
    compile,
    postcss: px,
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
  },
})
