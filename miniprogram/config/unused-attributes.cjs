// What Taro writes into every level of base.wxml and no page gives; of the touches a view keeps the one by which a sheet holds what is
// behind it. Names as Taro holds them, on both sides the same: both number
// the attributes of a component by what is left.
const touches = ['bindTouchStart', 'bindTouchEnd', 'bindTouchCancel', 'bindLongTap']
const pressed = ['hover-stop-propagation', 'hover-start-time']
const unused = {
  View: [
    ...touches,
    ...pressed,
    'animation',
    'bindAnimationStart',
    'bindAnimationIteration',
    'bindAnimationEnd',
    'bindTransitionEnd',
  ],
  Text: [...touches, 'bindTouchMove', 'selectable', 'space', 'decode', 'overflow', 'max-lines'],
  Image: [...touches, 'bindTouchMove', 'lazy-load', 'webp', 'show-menu-by-longpress', 'fade-in'],
}

/** Takes them out of `components`, Taro's own table. */
const withoutUnused = (components) => {
  for (const [component, names] of Object.entries(unused))
    for (const name of names) delete components[component][name]
}

module.exports = { unused, withoutUnused }
