import { platform } from './index'

export interface Aria {
  readonly role?: string | undefined
  readonly label?: string | undefined
  readonly hidden?: boolean | undefined
  readonly checked?: boolean | undefined
  readonly selected?: boolean | undefined
  readonly expanded?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly modal?: boolean | undefined
  readonly live?: 'polite' | 'assertive' | undefined
  readonly describedby?: string | undefined
  /** In percent: the greatest is 100 where none is named. */
  readonly valuenow?: number | undefined
  // WeChat's readers know none of the three that follow.
  readonly busy?: boolean | undefined
  readonly invalid?: boolean | undefined
  readonly level?: number | undefined
}

const BROWSER_ONLY = ['busy', 'invalid', 'level']
const LANDMARKS = ['main', 'banner', 'navigation']
const PRESSABLE = ['button', 'radio', 'checkbox', 'switch', 'tab', 'link']

/**
 * What a screen reader hears. WeChat calls the role `aria-role`, the browser `role` and wants to reach by Tab what can be
 * pressed. A new attribute for WeChat must be declared in config/aria-components.cjs, or Taro drops it.
 */
export function aria(said: Aria): Record<string, string> {
  const inBrowser = platform.host === 'browser'
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(said)) {
    if (
      value === undefined ||
      (!inBrowser && (BROWSER_ONLY.includes(name) || LANDMARKS.includes(String(value))))
    )
      continue
    attributes[name === 'role' && inBrowser ? 'role' : `aria-${name}`] = String(value)
  }
  const isPressable = said.role !== undefined && PRESSABLE.includes(said.role)
  if (inBrowser && isPressable && !said.hidden) attributes['tabindex'] = '0'
  return attributes
}

/** Of what is drawn and holds no words: WeChat's readers pass over it by themselves. */
export const drawn = (): Record<string, string> =>
  platform.host === 'browser' ? { 'aria-hidden': 'true' } : {}

/** Of a card's title. In WeChat, where each byte of a first screen counts, a section's alone is a heading. */
export const cardHeading = (): Record<string, string> =>
  platform.host === 'browser' ? aria({ role: 'heading', level: 2 }) : {}

/** Of tabs, and of the answers to one question, Tab reaches the chosen one, else the first; arrows go on from there. */
export const tabStop = (isStop: boolean) => (isStop || platform.host !== 'browser' ? {} : { tabindex: '-1' })

/** The same for Input and Textarea: in the browser the words belong to the element inside. */
export function inputAria(said: Aria) {
  const { role, ...words } = said
  return platform.host === 'browser'
    ? { nativeProps: aria(words) }
    : aria({ role: role ?? 'textbox', ...words })
}

const INPUT_MODES = { text: 'text', number: 'numeric', idcard: 'text', digit: 'decimal' } as const
export type Keyboard = keyof typeof INPUT_MODES

/**
 * The same for Input with its keyboard. The browser's number input is none for card numbers: its arrows and a mouse wheel
 * change what was typed.
 */
export function keyboardAria(said: Aria, type: Keyboard) {
  return platform.host === 'browser'
    ? { type: 'text' as const, nativeProps: { ...aria(said), inputmode: INPUT_MODES[type] } }
    : { type, ...aria({ role: 'textbox', ...said }) }
}

/** How it looks under a finger; in WeChat base.wxml has it so (config/sent-data-plugin.cjs). */
export const pressedLook = (): { hoverClass?: string; hoverStayTime?: number } =>
  platform.host === 'browser' ? { hoverClass: 'is-pressed', hoverStayTime: 80 } : {}

/** The role too, of whatever can be pressed and says no other. */
export const buttonRole = () => (platform.host === 'browser' ? { role: 'button' } : {})

/** Properties of a View that can be pressed; without `onPress` it only speaks. */
export const pressable = (onPress: (() => void) | undefined, said: Aria = {}) =>
  onPress
    ? {
        ...aria({ ...buttonRole(), ...said }),
        ...pressedLook(),
        onClick: (event: { stopPropagation(): void }) => {
          // A button on a card that can be pressed itself.
          event.stopPropagation()
          onPress()
        },
      }
    : aria(said)
