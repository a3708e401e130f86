import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import { RECIPIENT_KINDS, type RecipientKind } from '#shared/domain/reminder/limits'
import type { Month } from './month'
import { dayOf, groupOf, minuteOf, timesADay } from './pushes-counted'

const GROUPS: Readonly<Record<RecipientKind, string>> = {
  resident: '居民',
  enterprise: '企业',
  'part-timer': '兼职',
  staff: '工作人员',
}

/** In a terminal a Chinese character takes two places. */
const widthOf = (text: string) => [...text].reduce((sum, each) => sum + (each > '\u2fff' ? 2 : 1), 0)
const cell = (text: string | number, width: number) =>
  ' '.repeat(Math.max(width - widthOf(String(text)), 0)) + String(text)
const head = (text: string, width: number) => text + ' '.repeat(Math.max(width - widthOf(text), 0))

type Push = Month['taken'][number]

const tableOf = (
  name: string,
  columns: readonly string[],
  rows: readonly (readonly [string, readonly number[]])[],
) => [
  head(name, 16) + columns.map((column) => cell(column, 10)).join(''),
  ...rows.map(([row, counts]) => head(row, 16) + counts.map((count) => cell(count, 10)).join('')),
]

const byGroup = (month: Month, kept: (push: Push) => boolean) =>
  RECIPIENT_KINDS.map(
    (group) =>
      month.taken.filter(
        (push) => kept(push) && groupOf(month.county, push.openid, push.as, dayOf(push.at)) === group,
      ).length,
  )

const COLUMNS = RECIPIENT_KINDS.map((group) => GROUPS[group])

const byKind = (month: Month) =>
  tableOf('按提醒', COLUMNS, [
    ...[...new Set(month.taken.map(({ title }) => title))]
      .sort()
      .map((title): [string, number[]] => [title, byGroup(month, (push) => push.title === title)]),
    ['合计', byGroup(month, () => true)],
  ])

const hourOf = ({ at }: Push) => Math.floor(minuteOf(at) / 60)

const byHour = (month: Month) =>
  tableOf(
    '按钟点',
    COLUMNS,
    [...new Set(month.taken.map(hourOf))]
      .sort((one, other) => one - other)
      .map((hour): [string, number[]] => [
        `${String(hour).padStart(2, '0')}:00`,
        byGroup(month, (push) => hourOf(push) === hour),
      ]),
  )

/** On so many days of one person the phone rang so often; nobody is named, and days without are not counted. */
function spread(month: Month) {
  const days = [...timesADay(month.taken).values()].flatMap((pushes) => {
    const [first] = pushes
    return first
      ? [[groupOf(month.county, first.openid, first.as, dayOf(first.at)), pushes.length] as const]
      : []
  })
  const most = Math.max(1, ...days.map(([, times]) => times))
  return tableOf(
    '一天响几次',
    COLUMNS,
    Array.from({ length: most }, (_, nth): [string, number[]] => [
      `${nth + 1} 次`,
      RECIPIENT_KINDS.map((group) => days.filter((day) => day[0] === group && day[1] === nth + 1).length),
    ]),
  )
}

/** Whose phone rang as often as a day may bring, on some day: by post and name, and by no count. */
function atTheirLimit({ taken, staff, county }: Month) {
  const full = new Set(
    [...timesADay(taken).values()].flatMap((pushes) => {
      const [first] = pushes
      if (first?.as !== 'work') return []
      const { max } = county.perDay[groupOf(county, first.openid, first.as, dayOf(first.at))]
      const person = taken.find(({ openid }) => openid === first.openid)?.person
      return pushes.length >= max && person !== undefined ? [person] : []
    }),
  )
  const named = staff
    .filter(({ id }) => full.has(id))
    .map(({ roles: [post], name }) => `${post ? STAFF_ROLE_LABELS[post.role] : ''} ${name}`)
    .sort((one, other) => one.localeCompare(other, 'zh'))
  return [`有一天响满了的工作人员（按岗位、姓名）：${named.length === 0 ? '没有' : named.join('、')}`]
}

const refusals = ({ refused }: Month) =>
  [...refused]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 12)
    .map(([what, count]) => `  ${what}：${count} 次`)

const MOST_TOLD = 20

/** What the month's phones got, in lines that somebody reads. */
export function reportOf(month: Month): readonly string[] {
  const { figures, wrong, cases, days, refused } = month
  const refusedTimes = [...refused.values()].reduce((sum, count) => sum + count, 0)
  return [
    '',
    `${days} 天，来了 ${cases} 件，${figures.people} 人能收到提醒，手机一共响了 ${figures.sent} 次`,
    '',
    ...byKind(month),
    '',
    ...byHour(month),
    '',
    ...spread(month),
    '',
    ...atTheirLimit(month),
    '',
    `不让办的 ${refusedTimes} 次${refusedTimes > 0 ? '，最多的：' : ''}`,
    ...refusals(month),
    '',
    `一天超过上限的 ${figures.overLimit} 次，夜里的 ${figures.inQuietHours} 次，不在班上的 ${figures.outsideDuty} 次，急的晚到 ${figures.lateUrgent} 条、没响 ${figures.urgentDropped} 条`,
    ...wrong.slice(0, MOST_TOLD).map((each) => `  ${each}`),
    ...(wrong.length > MOST_TOLD ? [`  还有 ${wrong.length - MOST_TOLD} 条`] : []),
    '',
  ]
}
