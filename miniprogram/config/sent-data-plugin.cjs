const path = require('node:path')

// Each page is sent to WeChat as text, node by node, and on an old phone the first screen waits for it: what most nodes
// would say alike stands in base.wxml once instead.
const asPressed = { 'hover-class': 'is-pressed', 'aria-role': 'button' }

/** `i.p8` or `i.p8||'none'`, with `word` where nothing was sent. */
const withDefault = (value, word) => `${value.split('||')[0]}||'${word}'`

const knowByThemselves = (components) => {
  // Whatever takes a press looks and is called so (`pressable` in platform/aria.ts, ui/form/button.tsx).
  for (const name of ['view', 'button'])
    for (const [attribute, word] of Object.entries(asPressed))
      components[name][attribute] = withDefault(components[name][attribute], word)
  const stay = 'hover-stay-time'
  components.view[stay] = components.view[stay].replace(/,\d+\)/, ',80)')
  // And what takes none never does.
  for (const attribute of ['hover-class', stay]) delete components['static-view'][attribute]
  // All that is pressed is drawn as `view`.
  delete components['click-view']
  return components
}

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      const { template } = platform
      if (!template) return
      const create = template.createMiniComponents.bind(template)
      template.createMiniComponents = (components) => knowByThemselves(create(components))
      // By the whole node instead of its name: what does not say what it is is words where it has some, else a plain view.
      const build = template.buildTemplate
      template.buildTemplate = (config) =>
        build(config)
          .replace(/xs\.a\((\w+), item\.nn/g, 'xs.a($1, item')
          .replace(/i\.nn === '\w+'/, 'i.v !== undefined')
      const buildComponent = template.buildBaseComponentTemplate
      template.buildBaseComponentTemplate = (ending) =>
        buildComponent(ending).replace("'tmpl_0_' + i.nn", "xs.a(0, i, '')")
      const nameOf = template.buildXSTmplName.bind(template)
      template.buildXSTmplName = () => {
        const { 'pure-view': view, '#text': words } = template.componentsAlias
        const name = `i.nn || (i.v === undefined ? '${view._num}' : '${words._num}')`
        return nameOf().replace(/^function \(l, n, s\) \{/, `function (l, i, s) {\n    var n = ${name}`)
      }
      platform.runtimePath = [platform.runtimePath, path.resolve(__dirname, 'sent-data-runtime.cjs')].flat()
    },
  })
}
