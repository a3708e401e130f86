// Each pair costs some 190 bytes of base.wxml, so that only what `platform/aria.ts` says is declared.
const attributes = {
  View: [
    'role',
    'label',
    'hidden',
    'checked',
    'selected',
    'expanded',
    'disabled',
    'modal',
    'live',
    'describedby',
    'valuenow',
  ],
  Text: ['role', 'label', 'hidden'],
  Button: ['role', 'label', 'disabled', 'expanded', 'checked'],
  Image: ['role', 'label', 'hidden'],
  Input: ['role', 'label', 'describedby'],
  Textarea: ['role', 'label', 'describedby'],
  Picker: ['role', 'label', 'describedby'],
}

module.exports = Object.fromEntries(
  Object.entries(attributes).map(([component, names]) => [
    component,
    Object.fromEntries(names.map((name) => [`aria-${name}`, ''])),
  ]),
)
