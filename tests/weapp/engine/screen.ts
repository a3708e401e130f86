import type { Loop } from './loop'
import type { OpenPage } from './page'
import { nameOf, nodesIn, type ShownNode } from './view'
import type { Host } from './wx/host'

/** The page that is on the screen, seen and touched as a person does; each touch waits until its effects are there. */
export interface Screen {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  text(): string
  /** What is typed in the input of this name. */
  valueOf(name: string): unknown
  /** Names of what can be pressed. */
  buttons(): readonly string[]
  press(name: string | RegExp): Promise<void>
  /** Of several of the same name the first. */
  pressFirst(name: string): Promise<void>
  /** Twice within one moment, as impatient fingers do. */
  pressTwice(name: string): Promise<void>
  type(name: string, value: string): Promise<void>
  /** The last letter is typed, and nothing waits for what follows from it. */
  strike(name: string, value: string): void
  /** Turns the wheel of the picker whose name begins so to these places. */
  turn(name: string, value: number | readonly number[] | string): Promise<void>
  inputs(): readonly string[]
  /** Names of the wheels, with what is chosen on each. */
  pickers(): readonly string[]
  /** Whether the radio, box or tab of this name is chosen. */
  isChosen(name: string | RegExp): boolean
}

interface ScreenParts {
  readonly top: () => OpenPage
  readonly loop: Loop
  readonly tap: { running: boolean; happened: boolean }
  readonly host: Host
}

const ROLES = ['button', 'radio', 'checkbox', 'switch', 'tab', 'link']
const isPressable = (node: ShownNode) =>
  node.tag === 'button' || (node.tag !== 'picker' && ROLES.includes(String(node.attribute('aria-role'))))
const isInput = (node: ShownNode) => node.tag === 'input' || node.tag === 'textarea'
const fits = (name: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name)

export function createScreen({ top, loop, tap, host }: ScreenParts): Screen {
  /** A sheet lies over the page: only what is on it can be reached. */
  const buttons = () => {
    const sheets = top().find((node) => node.attribute('aria-modal') === 'true')
    return (sheets.length > 0 ? nodesIn(sheets.slice(-1)) : top().find(() => true)).filter(isPressable)
  }
  const only = (found: readonly ShownNode[], wanted: string | RegExp, all: readonly ShownNode[]) => {
    const [node, ...others] = found
    if (!node || others.length > 0) {
      throw new Error(
        `${found.length} of ${String(wanted)} on ${top().path}, where there are ${all.map(nameOf).join(' | ')}; it says: ${top().text()}`,
      )
    }
    return node
  }
  const buttonOf = (wanted: string | RegExp) => {
    const all = buttons()
    return only(
      all.filter((node) => fits(nameOf(node), wanted)),
      wanted,
      all,
    )
  }
  const givePhone = (page: OpenPage, node: ShownNode) =>
    loop.track(async () => {
      const refusal = host.hands.refusals.get('getPhoneNumber')
      const detail =
        refusal === undefined
          ? { code: await host.holder.codeFor('phone'), errMsg: 'getPhoneNumber:ok' }
          : { errMsg: `getPhoneNumber:fail ${refusal}`, errno: Number(/\d{7}/.exec(refusal)?.[0] ?? 0) }
      page.dispatch(node, 'getphonenumber', detail, false)
    })
  const touch = (node: ShownNode) => {
    const page = top()
    if (node.attribute('disabled') === true) return
    tap.running = true
    tap.happened = true
    page.dispatch(node, 'tap', { x: 1, y: 1 }, true)
    tap.running = false
    if (node.attribute('open-type') === 'getPhoneNumber') givePhone(page, node)
  }
  const inputOf = (name: string) => {
    const all = top().find(isInput)
    return only(
      all.filter((node) => nameOf(node) === name),
      name,
      all,
    )
  }
  return {
    get path() {
      return top().path
    },
    get query() {
      return top().query
    },
    text: () => top().text(),
    valueOf: (name) => inputOf(name).attribute('value'),
    buttons: () => buttons().map(nameOf),
    inputs: () => top().find(isInput).map(nameOf),
    pickers: () =>
      top()
        .find((node) => node.tag === 'picker')
        .map(nameOf),
    isChosen: (name) => buttonOf(name).attribute('aria-checked') === 'true',
    async press(name) {
      touch(buttonOf(name))
      await loop.settled()
    },
    async pressFirst(name) {
      const [node] = buttons().filter((each) => nameOf(each) === name)
      if (node) touch(node)
      await loop.settled()
    },
    async pressTwice(name) {
      const node = buttonOf(name)
      touch(node)
      touch(node)
      await loop.settled()
    },
    async type(name, value) {
      const page = top()
      const most = inputOf(name).attribute('maxlength')
      // The keyboard takes no more.
      const taken = typeof most === 'number' ? value.slice(0, most) : value
      page.dispatch(inputOf(name), 'focus', { value: taken }, false)
      page.dispatch(inputOf(name), 'input', { value: taken, cursor: taken.length, keyCode: 0 }, false)
      await loop.settled()
      page.dispatch(inputOf(name), 'blur', { value: taken }, false)
      await loop.settled()
    },
    strike(name, value) {
      top().dispatch(inputOf(name), 'input', { value, cursor: value.length, keyCode: 0 }, false)
    },
    async turn(name, value) {
      const all = top().find((node) => node.tag === 'picker')
      const picker = only(
        all.filter((node) => nameOf(node).startsWith(name)),
        name,
        all,
      )
      if (Array.isArray(value)) {
        top().dispatch(picker, 'columnchange', { column: 0, value: value[0] }, false)
        await loop.settled()
      }
      top().dispatch(picker, 'change', { value }, false)
      await loop.settled()
    },
  }
}
