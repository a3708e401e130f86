import type { ApplicationForm } from '#shared/contract/application'
import { isUnderFourteen } from '#shared/domain/account/guardian'
import { plainNumber } from '#shared/domain/application/from-number'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { birthOfIdNumber, isIdNumber, maskName, sexOfIdNumber } from '#shared/domain/kernel/digits'
import { type PlainDate, plainDate } from '#shared/domain/kernel/plain-date'
import { judgeConditions, knownByBirth } from '#shared/domain/service-item/accept-condition'
import { filedIn, isTheirs } from '../../service-item/parts/filed-words'
import type { RawAnswers } from './raw-answers'
import type { Who } from './who'

type Kind = Who['kind']

export const CHANNEL_WORDS = { village: '村里代填', window: '窗口代填' } as const

/** Of the step that asks who applies. */
export const PERSON_TITLES: Readonly<Record<Kind, string>> = {
  self: '先写你是谁',
  other: '替谁办',
  entry: '谁申请',
}

/** What whoever came has with them to write from. */
const WRITTEN_FROM = {
  firm: '照着执照写。',
  person: '照着对方的身份证写。',
  unnumbered: '照着对方带来的材料写。',
}

const applicantIn = (form: ApplicationForm) => {
  const { kind, number } = applicantFieldsOf(form)
  return number === null ? 'unnumbered' : kind
}

/** Under that title, while nothing is filled in. */
export function personNote(who: Kind, form: ApplicationForm, answers: RawAnswers) {
  if (who === 'self') return undefined
  if (who === 'other' && isChildsNumber(form, answers)) return '孩子的事，由父母或者监护人来办。'
  return who === 'other' ? '对方没授权给你，也能先办。' : WRITTEN_FROM[applicantIn(form)]
}

const FOUND_BY = {
  firm: () => '有这家企业委托的人，在“我的办件”里看得到这件，也能接过去。没有委托，先带委托书到窗口。',
  person: (third: Third) => `${third}自己用微信登记、核过身份，就能在“我的办件”里看到这件，也能接过去。`,
} as const

/** How the applicant comes to see what was typed for them. */
export const foundWords = (form: ApplicationForm, third: Third) =>
  FOUND_BY[applicantFieldsOf(form).kind](third)

interface Promise {
  readonly name: string
  readonly words: string
  readonly label: string
  readonly tick: string
}

/** As the county speaks of somebody: by the number once it is typed. */
export type Third = '他' | '她' | '对方'

const typedNumber = (form: ApplicationForm, answers: RawAnswers) => {
  const { kind, number } = applicantFieldsOf(form)
  const typed = kind === 'person' && number !== null ? plainNumber(answers[number]) : ''
  return isIdNumber(typed) ? typed : undefined
}

export function thirdOf(form: ApplicationForm, answers: RawAnswers): Third {
  const typed = typedNumber(form, answers)
  if (typed === undefined) return '对方'
  return sexOfIdNumber(typed) === '男' ? '他' : '她'
}

/** What the reader has filed for whoever the answers name: of their name a mask is told. */
export function filedForNamed(form: ApplicationForm, answers: RawAnswers) {
  const { name } = applicantFieldsOf(form)
  const typed = name === null ? undefined : answers[name]
  if (typeof typed !== 'string' || typed.trim() === '') return []
  const masked = maskName(typed.trim())
  return filedIn(form).filed.filter((each) => !isTheirs(each) && each.applicantMasked === masked)
}

/** What the county asks of who applies, held against a number; nothing, where it is none. */
export function judgedByNumber(form: ApplicationForm, number: unknown) {
  if (typeof number !== 'string' || !isIdNumber(number)) return []
  return judgeConditions(form, knownByBirth(birthOfIdNumber(number) ?? null, form.today as PlainDate))
}

const obstacleOf = (form: ApplicationForm, number: unknown) =>
  judgedByNumber(form, number).find(({ state }) => state === 'unmet')?.why ?? undefined

/** Why the reader's own number keeps them from it; undefined where nothing known does. */
export const ownObstacle = (form: ApplicationForm) => obstacleOf(form, ownNumber(form))

const ownNumber = (form: ApplicationForm) => {
  const { number } = applicantFieldsOf(form)
  return form.prefills.find(({ key }) => key === number)?.value
}

/** By whose number it is judged: the one that is typed, else one's own. */
export const numberOf = (form: ApplicationForm, who: Kind, answers: RawAnswers) =>
  typedNumber(form, answers) ?? (who === 'self' ? ownNumber(form) : undefined)

/** Of whoever applies; null while no number says it. */
export function birthOf(form: ApplicationForm, who: Kind, answers: RawAnswers): PlainDate | null {
  const number = numberOf(form, who, answers)
  return (typeof number === 'string' ? birthOfIdNumber(number) : undefined) ?? null
}

/** Why that number keeps them from it. */
export const obstacleIn = (form: ApplicationForm, who: Kind, answers: RawAnswers) =>
  obstacleOf(form, numberOf(form, who, answers))

/** Whoever signs answers for the truth of it; who types it has read it out. 行政许可法 第31条 */
export function promiseOf(who: Kind, form: ApplicationForm, answers: RawAnswers): Promise {
  const third = thirdOf(form, answers)
  const self = {
    name: PROMISE_NAMES.self,
    words: '填的都是真的，同意办理的单位核对。填假的，要自己负责。',
    label: '我保证填的都是真的，同意核对',
    tick: '我保证，同意核对',
  }
  const other = {
    name: PROMISE_NAMES.other,
    words: `填的都是真的，${third}知道你在替${third}办，也同意办理的单位核对。填假的，要自己负责。`,
    label: `我保证填的都是真的，${third}同意核对`,
    tick: `我保证，${third}同意核对`,
  }
  const entry = {
    name: PROMISE_NAMES.entry,
    words: `把上面的念给来办的人听。${third}说都是真的，同意办理的单位核对，再勾。`,
    label: `念过了，${third}说都是真的，同意核对`,
    tick: `念过了，${third}说都是真的，同意核对`,
  }
  // For a child the guardian agrees, not the child.
  return { self, other: isChildsNumber(form, answers) ? self : other, entry }[who]
}

export const PROMISE_NAMES = { self: '我保证', other: '我保证', entry: '念过了' } as const

const birthTyped = (form: ApplicationForm, answers: RawAnswers) => {
  const typed = typedNumber(form, answers)
  return typed === undefined ? undefined : birthOfIdNumber(typed)
}

/** Under fourteen: what counts is the guardian's agreement, and no power. 个人信息保护法 第31条 */
function isChildsNumber(form: ApplicationForm, answers: RawAnswers) {
  const birth = birthTyped(form, answers)
  return birth !== undefined && isUnderFourteen(birth, form.today as PlainDate)
}

/** Nobody under fourteen applies for what begins at eighty. */
function mayBeChild(form: ApplicationForm, answers: RawAnswers) {
  if (birthTyped(form, answers)) return isChildsNumber(form, answers)
  const today = form.today as PlainDate
  const child = plainDate(`${Number(today.slice(0, 4)) - 13}-01-01`)
  return judgeConditions(form, knownByBirth(child, today)).every(({ state }) => state !== 'unmet')
}

export function differencesTitle(form: ApplicationForm, who: Kind, answers: RawAnswers) {
  if (who === 'entry') return '替人办，有三样不同'
  return isChildsNumber(form, answers) ? '替孩子办，有三样不同' : '没授权，有三样不同'
}

/** What is different without a power, for whoever fills it in for somebody. */
export function differencesOf(form: ApplicationForm, answers: RawAnswers): readonly string[] {
  const third = thirdOf(form, answers)
  const papers = `${third}的证件打不开，材料要拍。`
  if (isChildsNumber(form, answers))
    return [
      papers,
      '批以前要核孩子：监护人带户口簿到村里、窗口核。',
      `${third}满 14 岁，自己登记、微信核过，才看得到这件。`,
    ]
  const child = mayBeChild(form, answers) ? '不满 14 岁的，监护人带户口簿去核。' : ''
  return [
    papers,
    `批以前要核${third}本人：${third}用微信核，或者带身份证到村里、窗口。${child}`,
    `${third}登记、微信核过，就看得到这件，能接过去，也能撤回。`,
  ]
}
