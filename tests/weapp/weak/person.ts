import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import type { Random } from '../../generated-input'
import type { Phone } from '../engine'
import type { Applicant, CorrectionPlan, Entry, Plan, Tile } from './plans'

/** Beyond this nobody would go on. */
const MOST_ACTS = 400
/** Until photos that wait have been tried once more: with the phone's haste. Milliseconds. */
const A_WHILE = 150
/** Longer than the queue's longest pauses, with the phone's haste. */
const MOST_ROUNDS = 100
const NEXT = ['下一步', '提交申请']
/** A child is among those it is for. */
const GUARDIAN = /^我替不满 14 岁的孩子办事/
const TICKS = [/^我同意用身份证号登记/, /^我另外同意/]

/** What has been photographed, by the tile: digests of the bytes, in hex. */
export type Album = Map<string, string[]>

interface Somebody {
  readonly phone: Phone
  readonly random: Random
  readonly folder: string
  readonly name: string
  readonly idNumber: string
  readonly plan: Plan
  readonly applicant: Applicant
  /** What was done, for whoever reads of a failure. */
  readonly log: string[]
  /** Looks at what the page says now. */
  readonly watch: () => Promise<void>
}

const withoutGaps = (text: unknown) => String(text ?? '').replace(/\s/g, '')

/** Somebody impatient, forgetful and interrupted, who does what the page offers until it is done. */
export function createPerson(somebody: Somebody) {
  const { phone, random, folder, plan, applicant, log, watch } = somebody
  const { screen } = phone
  const album: Album = new Map()
  const pressedOnce = new Set<string>()
  /** What was written of a field when the page was torn away, by its label. */
  const tornAway = new Map<string, string>()
  /** Half of them touch no photo that waits: it goes by itself. */
  const isPatient = random.chance(0.5)
  /** Photos that were thrown away on purpose. */
  let thrown = 0
  let taken = 0
  const buttons = () => screen.buttons()
  const find = (name: string | RegExp) =>
    buttons().find((each) => (typeof name === 'string' ? each === name : name.test(each)))
  const note = (words: string) => void log.push(`${screen.path.split('/').pop()}: ${words}`)

  const press = async (name: string) => {
    note(name)
    // Where a page offers the same twice, either will do.
    const same = buttons().filter((each) => each === name)
    if (same.length > 1) await screen.pressFirst(name)
    else if (random.chance(0.2)) await screen.pressTwice(name)
    else await screen.press(name)
    await watch()
  }

  async function newPhoto() {
    taken += 1
    const path = join(folder, `tmp_${taken}_${random.int(0, 999_999)}.png`)
    const [r, g, b] = [random.int(0, 255), random.int(0, 255), random.int(0, 255)]
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g, b } } })
      .png()
      .toBuffer()
    writeFileSync(path, bytes)
    return { path, digest: createHash('sha256').update(bytes).digest('hex') }
  }

  const shownOf = ({ photo }: Tile) =>
    buttons().filter((name) => name.startsWith(photo) && !name.startsWith('删除')).length

  async function photograph(tile: Tile) {
    const name = find(tile.takes)
    if (name === undefined) return false
    const before = shownOf(tile)
    const { path, digest } = await newPhoto()
    phone.hands.photos.push(path)
    note(name)
    await screen.press(name)
    if (phone.hands.photos.pop() !== undefined) throw new Error(`${name} took no photo`)
    const mine = album.get(tile.photo) ?? []
    album.set(tile.photo, [...mine, digest])
    if (shownOf(tile) + busyOf(tile) <= before) throw new Error(`${name}: nothing is shown of it`)
    await watch()
    if (random.chance(0.08)) await throwAway(tile)
    return true
  }
  const busyOf = ({ photo }: Tile) =>
    phone.stack.at(-1)?.find((node) => String(node.attribute('aria-label')).startsWith(`${photo}`)).length ??
    0

  async function throwAway(tile: Tile) {
    const last = buttons()
      .filter((name) => name.startsWith(`删除${tile.photo}`))
      .pop()
    if (last === undefined) return
    note(last)
    await screen.press(last)
    album.set(tile.photo, (album.get(tile.photo) ?? []).slice(0, -1))
    thrown += 1
    await watch()
  }

  /** The register page keeps nothing of a number, on purpose. */
  function checkKept(label: string) {
    const before = tornAway.get(label)
    if (before === undefined || !screen.inputs().includes(label) || screen.path.includes('register')) return
    tornAway.delete(label)
    const now = withoutGaps(screen.valueOf(label))
    if (!now.startsWith(before)) throw new Error(`${label}: “${before}” was written, and now it is “${now}”`)
  }

  async function type({ label, value }: Extract<Entry, { kind: 'type' }>) {
    checkKept(label)
    if (!screen.inputs().includes(label) || withoutGaps(screen.valueOf(label)) === value) return false
    note(`${label} ${value}`)
    if (random.chance(0.3)) {
      const half = value.slice(0, Math.ceil(value.length / 2))
      screen.strike(label, half)
      if (!screen.path.includes('register')) tornAway.set(label, withoutGaps(half))
      await (random.chance(0.5) ? afterKill() : interrupt())
      return true
    }
    await screen.type(label, value)
    return true
  }

  async function turn({ label, chosen, to }: Extract<Entry, { kind: 'turn' }>) {
    const wheel = screen.pickers().find((name) => name.startsWith(`${label}，`))
    if (wheel === undefined || wheel.includes(chosen)) return false
    note(`${label} ${chosen}`)
    await screen.turn(`${label}，`, to)
    return true
  }

  async function choose(label: string | RegExp) {
    if (find(label) === undefined || screen.isChosen(label)) return false
    note(String(label))
    await screen.press(label)
    return true
  }

  async function pressOnce(label: string) {
    if (pressedOnce.has(label) || find(label) === undefined) return false
    pressedOnce.add(label)
    note(label)
    await screen.press(label)
    return true
  }

  const entered = (entry: Entry) => {
    switch (entry.kind) {
      case 'type':
        return type(entry)
      case 'turn':
        return turn(entry)
      case 'choose':
        return choose(entry.label)
      case 'press':
        return pressOnce(entry.label)
    }
  }

  /** False where it is done already, or not asked here. */
  async function enter(entry: Entry): Promise<boolean> {
    if (!(await entered(entry))) return false
    await watch()
    return true
  }

  /** Where one begins again after the app was closed; set by what is being done. */
  let start: () => Promise<unknown> = () => phone.launch()
  const afterKill = async () => {
    phone.kill()
    note('— killed')
    await phone.settled()
    await start()
    note('started anew')
    await watch()
  }

  async function interrupt() {
    const what = random.int(0, 9)
    if (what < 5) {
      note('— behind and back')
      await phone.hide()
      await phone.show()
      return watch()
    }
    if (what < 8) return afterKill()
    note('— back key')
    await phone.pressBack()
    return watch()
  }

  const isAnyWaiting = () => /张照片还没传上去/.test(screen.text())

  async function untilSent() {
    for (let rounds = 0; isAnyWaiting(); rounds += 1) {
      if (rounds === MOST_ROUNDS) throw new Error('photos that wait do not go by themselves')
      await wait(A_WHILE)
      await phone.settled()
    }
    return watch()
  }

  /** Waiting photos: sent again by a tap, by coming back, or by waiting. */
  async function helpPhotos() {
    if (isPatient && isAnyWaiting()) return untilSent()
    const waiting = buttons().filter((name) => /(接着|等着)传$|点一下重传$/.test(name))
    const [first] = waiting
    if (first !== undefined && random.chance(0.5)) return press(first)
    if (random.chance(0.3)) {
      await phone.hide()
      await phone.show()
    }
    await wait(A_WHILE)
    await phone.settled()
    return watch()
  }

  const OWN: readonly Entry[] = [
    ...['我看过并同意《服务协议》和《隐私保护说明》', ...TICKS].map(
      (label) => ({ kind: 'choose', label }) as const,
    ),
    { kind: 'type', label: '姓名', value: somebody.name },
    { kind: 'type', label: '身份证号', value: somebody.idNumber },
  ]

  async function register() {
    if (await pressAny(['好'])) return
    if (!screen.inputs().includes('姓名') && (await pressAny(['再试一次']))) return
    for (const entry of OWN) if (await enter(entry)) return
    const way = random.pick(['微信核一下', '先不核，也能申请'])
    if (!(await pressAny(['同意，接着办', '同意，用微信手机号登记', way]))) await phone.pressBack()
  }

  /** One thing that is still to be done on this step; false where there is nothing. */
  async function fillIn(entries: readonly Entry[], tiles: readonly Tile[]) {
    for (const entry of entries) if (await enter(entry)) return true
    for (const tile of tiles) {
      if ((album.get(tile.photo) ?? []).length < tile.count && (await photograph(tile))) return true
    }
    return false
  }

  /** The first of these that the page offers. */
  async function pressAny(names: readonly (string | RegExp)[]) {
    for (const name of names) {
      const found = find(name)
      if (found === undefined) continue
      await press(found)
      return true
    }
    return false
  }

  /** A question answers nobody in its first half second. */
  async function answerQuestion() {
    if (find(/^(用这件填过的|好|知道了)$/) === undefined) return false
    await wait(600)
    return pressAny(['用这件填过的', '好', '知道了'])
  }

  const WHO = plan.whom === 'self' ? [/^给自己办/] : [/^接着帮/, /^帮别人办/, /^再帮一个人办/]

  const agreesAsGuardian = async () =>
    find(GUARDIAN) !== undefined &&
    ((await enter({ kind: 'choose', label: GUARDIAN })) || pressAny(['同意，接着办']))

  async function form() {
    if ((await pressAny(['再试一次'])) || (await answerQuestion())) return
    if (await pressAny([...WHO, '去登记', '微信登录'])) return
    if (await fillIn(plan.entries(applicant), plan.tiles)) return
    if (await enter({ kind: 'choose', label: /^我保证填的都是真的/ })) return
    if (/张照片还没传上去，传好再提交/.test(screen.text())) return helpPhotos()
    if (await agreesAsGuardian()) return
    // Where there is nothing to press it is being sent.
    if (!(await pressAny(NEXT))) await phone.settled()
  }

  async function correction({ entry, tile }: CorrectionPlan) {
    if (await pressAny(['再试一次', '看最新的', '看办到哪一步', '微信登录'])) return
    if (await fillIn([entry], [tile])) return
    if (/张照片还没传上去，传好再交/.test(screen.text())) return helpPhotos()
    if (!(await pressAny(['补好了，交上去']))) await phone.settled()
  }

  async function anyPage(onward: readonly (string | RegExp)[]) {
    if ((await answerQuestion()) || (await pressAny([...onward, '再试一次', '微信登录']))) return
    note('— lost, begins anew')
    await phone.launch(...home)
    await watch()
  }
  const home: [string] = ['tabs/case/my-cases']

  const BEGUN = new RegExp(`^${plan.plainName}.*(存的|不知道交上没有)`)
  /** What was filed and has not ended. */
  const FILED = new RegExp(`^(?!.*没受理).*${plan.plainName}`)

  /** What is begun goes on; else what was filed is looked at, if it is there. */
  async function myCases() {
    if (await pressAny([BEGUN, FILED, '再试一次'])) return
    note('to the guide')
    await phone.launch('features/service-item/guide', { id: plan.item })
    await watch()
  }

  type Senses = Readonly<Record<string, () => Promise<unknown>>>
  const SENSES: Senses = {
    'features/case/application/form': form,
    'features/account/register': register,
    'features/service-item/guide': () => anyPage(['开始办理', '看办到哪']),
    'tabs/case/my-cases': myCases,
  }

  /** Acts until `isDone`; each page has its own sense. */
  async function until(isDone: () => boolean, senses: Senses) {
    for (let acts = 0; !isDone(); acts += 1) {
      if (acts > MOST_ACTS) throw new Error(`never done; ${screen.path} says: ${screen.text()}`)
      if (random.chance(0.07)) await interrupt()
      else await (senses[screen.path] ?? SENSES[screen.path] ?? (() => anyPage([])))()
    }
  }
  const hasReceipt = () =>
    screen.path === 'features/case/application/submitted' && screen.text().includes('办件编号')
  const seesCase = (but = '') =>
    screen.path === 'features/case/timeline' &&
    screen.query['id'] !== but &&
    screen.text().includes(plan.plainName)

  const startAt = (...places: readonly (() => Promise<unknown>)[]) => {
    start = () => random.pick(places)()
    return start()
  }

  return {
    album,
    thrown: () => thrown,
    /** From the guide to the receipt, or to the case where the page leads to it. */
    async apply() {
      const { item, whom } = plan
      await startAt(
        () => phone.launch('features/service-item/guide', { id: item, src: `poster-${random.int(1, 3)}` }),
        () => phone.launch('tabs/case/my-cases'),
        () =>
          phone.launch('features/case/application/form', {
            id: item,
            ...(whom === 'self' ? { who: 'self' } : {}),
          }),
      )
      await watch()
      await until(() => hasReceipt() || seesCase(), {})
    },
    /** From the message to what was sent. */
    async correct(id: string, asked: CorrectionPlan) {
      album.delete(asked.tile.photo)
      await startAt(
        () => phone.launch('features/case/timeline', { id }),
        () => phone.launch('features/case/correction', { id }),
      )
      await watch()
      const again = () => phone.launch('features/case/timeline', { id }).then(watch)
      await until(() => seesCase() && screen.text().includes('下一步：') && find('现在补') === undefined, {
        'features/case/correction': () => correction(asked),
        'features/case/timeline': () => anyPage(['现在补']),
        'tabs/case/my-cases': again,
      })
    },
    /** What ended is applied for again, with what is there. */
    async applyAgain(id: string) {
      let isBegun = false
      await startAt(() =>
        isBegun && random.chance(0.5)
          ? phone.launch('features/case/application/form', { id: plan.item, who: 'self' })
          : phone.launch('features/case/timeline', { id }),
      )
      await watch()
      await until(() => hasReceipt() || seesCase(id), {
        'features/case/application/form': () => {
          isBegun = true
          return form()
        },
        'features/case/timeline': () => anyPage(['再申请']),
        'features/service-item/guide': () => anyPage(['看办到哪', '开始办理']),
      })
    },
  }
}
