import type { AccountKind } from './accounts'

export interface Template {
  readonly id: string
  readonly title: string
  readonly account: AccountKind
  /** `one-time`: one consent, one message; `relation`: employees; `category`: followers of the official account. */
  readonly kind: 'one-time' | 'relation' | 'category'
  /** Keyword -> its label on the card. */
  readonly fields: Readonly<Record<string, string>>
}

const staffFields = {
  thing1: '事项',
  character_string2: '办件编号',
  phrase3: '环节',
  date4: '最晚',
  thing5: '说明',
}

export const templates: readonly Template[] = [
  {
    id: 'YX-CASE-PROGRESS',
    title: '办理进度提醒',
    account: 'mini-program',
    kind: 'one-time',
    fields: { thing1: '事项', character_string2: '办件编号', phrase3: '进度', date4: '时间', thing5: '说明' },
  },
  {
    id: 'YX-CASE-TODO',
    title: '待办提醒',
    account: 'mini-program',
    kind: 'one-time',
    fields: {
      thing1: '事项',
      character_string2: '办件编号',
      thing3: '要做什么',
      date4: '最晚',
      thing5: '说明',
    },
  },
  {
    id: 'YX-CASE-RESULT',
    title: '办理结果通知',
    account: 'mini-program',
    kind: 'one-time',
    fields: { thing1: '事项', character_string2: '办件编号', phrase3: '结果', date4: '时间', thing5: '说明' },
  },
  {
    id: 'YX-STAFF-TASK',
    title: '新办件提醒',
    account: 'mini-program',
    kind: 'relation',
    fields: staffFields,
  },
  { id: 'YX-STAFF-DUE', title: '到期提醒', account: 'mini-program', kind: 'relation', fields: staffFields },
  {
    id: 'YX-OA-PROGRESS',
    title: '办理进度提醒',
    account: 'official-account',
    kind: 'category',
    fields: { thing1: '事项', character_string2: '办件编号', phrase3: '进度', time4: '时间', thing5: '说明' },
  },
  {
    id: 'YX-OA-TODO',
    title: '待办提醒',
    account: 'official-account',
    kind: 'category',
    fields: {
      thing1: '事项',
      character_string2: '办件编号',
      thing3: '要做什么',
      time4: '最晚',
      thing5: '说明',
    },
  },
  {
    id: 'YX-OA-RESULT',
    title: '办理结果通知',
    account: 'official-account',
    kind: 'category',
    fields: { thing1: '事项', character_string2: '办件编号', phrase3: '结果', time4: '时间', const5: '说明' },
  },
]

export const findTemplate = (id: unknown, account: AccountKind, kind: Template['kind']) =>
  templates.find((template) => template.id === id && template.account === account && template.kind === kind)
