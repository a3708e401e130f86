const { getComponentsAlias } = require('@tarojs/runtime')
const { hooks } = require('@tarojs/shared')

// Taro's own smaller template for what is only pressed says neither that it is a button nor how it looks under a finger.
const aliases = getComponentsAlias()
aliases['click-view'] = aliases.view

// What `sent-data-plugin.cjs` has base.wxml know by itself is not sent. The key tells siblings apart: words that stand alone
// need none, and have no event by which Taro would look for them.
hooks.tap('modifyHydrateData', (data) => {
  const below = data.cn
  if (below.length === 0) delete data.cn
  for (const each of below) {
    if (!('v' in each)) continue
    delete each.nn
    if (below.length === 1) delete each.sid
  }
  if (data.nn === 'pure-view') delete data.nn
})
