import { join } from 'node:path'
import { count, eq, sql } from 'drizzle-orm'
import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { LookedAt } from '../platform/config/environment'
import { inventedIn, publicBaseFault, toldOf } from '../platform/config/release'
import { profiles, servicePoints, staff, units } from '../platform/db/schema'
import { calendarYears } from '../platform/db/schema/time-limit'
import { readPack } from '../platform/db/seed/read-pack'
import type { Clock } from '../platform/ports/clock'
import type { Database } from '../platform/ports/database'
import { sentenceOf } from '../sentence-of'
import { openFor, type ReadEnvironment } from '../services'
import { LACKS_OF_VARIABLES, type Lack } from './release-variables'

interface CheckContext {
  readonly read: ReadEnvironment
  readonly lookAt: () => LookedAt
  /** Root of the checkout, where the packs lie. */
  readonly root: string
  readonly print: (line: string) => void
}

type Variable = keyof LookedAt['values']

function lacksOfVariables({ values, missing, wrong }: LookedAt, isInvented: boolean): readonly Lack[] {
  const address = values.PUBLIC_URL === undefined ? null : publicBaseFault(values.PUBLIC_URL)
  // The pack's stand in for them, where they are real.
  const told: readonly Variable[] = isInvented ? ['SPONSOR_NAME', 'FILING_NUMBER', 'DATA_CONTACT'] : []
  const named = new Set<Variable>([
    ...(values.PROFILE === 'self-hosted' ? [] : ['PROFILE' as const]),
    ...missing,
    ...wrong,
    ...(['WECHAT_TEMPLATES', ...told] as const).filter((name) => values[name] === undefined),
    ...(address === null ? [] : ['PUBLIC_URL' as const]),
  ])
  return [...named].map((name) => {
    const { what, mend } = LACKS_OF_VARIABLES[name] ?? { what: '这个设置', mend: '见 docs/configuration.md' }
    const why = wrong.includes(name) ? '写得不对：' : ''
    return { what: `${what}（${name}）`, mend: `${why}${mend}` }
  })
}

async function lacksOfPack(folder: string, county: string): Promise<readonly Lack[]> {
  const read = await readPack(folder)
  if (!read.ok) {
    const [first] = read.error
    const where = [first?.file, first?.path].filter(Boolean).join(' ')
    return [
      {
        what: `数据包 ${county} 有 ${read.error.length} 处错`,
        mend: `${where}：${first?.fault ?? ''}。npm run county -- load-pack 会全部说出来`,
      },
    ]
  }
  const invented = (await inventedIn(folder)) ?? []
  const agreements = invented.filter(({ file }) => file === 'agreements.json')
  const others = invented.filter(({ file }) => file !== 'agreements.json')
  return [
    ...(others.length === 0
      ? []
      : [
          {
            what: `数据包 ${county} 还是演示用的`,
            mend: `${toldOf(others)}标着 "demo": true，是编的：换成真的，把标记去掉`,
          },
        ]),
    ...(agreements.length === 0
      ? []
      : [
          {
            what: '服务协议和隐私保护说明还是样板',
            mend: 'agreements.json：换成法制机构审过的文本，把 "demo": true 去掉',
          },
        ]),
  ]
}

/** Invented people who would be seen, in what was loaded already. */
async function lacksOfPeople({ db }: Database): Promise<readonly Lack[]> {
  const held = await Promise.all(
    [profiles, staff, units, servicePoints].map((table) =>
      db.select({ rows: count() }).from(table).where(eq(table.demo, true)),
    ),
  )
  const [people = 0, members = 0, ...places] = held.map(([row]) => row?.rows ?? 0)
  const inPlaces = places.reduce((sum, rows) => sum + rows, 0)
  if (people + members + inPlaces === 0) return []
  return [
    {
      what: '数据库里有演示数据',
      mend: `居民 ${people}、工作人员 ${members}、单位和服务点 ${inPlaces} 条是编的：有编的人就换一个新的数据库，单位和服务点改好数据包再 load-pack`,
    },
  ]
}

/** Posts named in one line; whoever reads it goes on in the app, where each is listed. */
const POSTS_NAMED = 3

interface Post {
  readonly role: StaffRole
  readonly unitName: string
  readonly staffId: string
  readonly isBound: boolean
}

/** Of whoever works or is awaited; who has left holds no post. */
const listPosts = (database: Database) =>
  database.rows<Post>(sql`select r.role, u.name as "unitName", s.id as "staffId",
      s.active and exists (select 1 from profiles p where p.staff_id = s.id and p.closed_at is null) as "isBound"
    from staff_roles r join units u on u.id = r.unit_id
      join staff s on s.id = r.staff_id and (s.active or s.awaited) and not s.demo order by u.name, r.role, s.id`)

async function lacksOfStaff(database: Database): Promise<readonly Lack[]> {
  const posts = await listPosts(database)
  const admins = posts.filter(({ role }) => role === 'admin')
  if (admins.length === 0)
    return [{ what: '没有管理员', mend: 'staff.json 里给一位真实的工作人员 admin 岗位，再 load-pack' }]
  if (!admins.some(({ isBound }) => isBound))
    return [
      {
        what: '管理员还没有绑定微信',
        mend: `npm run county -- invite-admin ${admins[0]?.staffId ?? ''}，把打印的链接发给本人；别的人由管理员邀请`,
      },
    ]
  const names = (some: readonly Post[]) => [
    ...new Set(some.map(({ role, unitName }) => `${unitName} ${STAFF_ROLE_LABELS[role]}`)),
  ]
  const held = new Set(names(posts.filter(({ isBound }) => isBound)))
  const empty = names(posts).filter((name) => !held.has(name))
  if (empty.length === 0) return []
  const more = empty.length > POSTS_NAMED ? ` 等 ${empty.length} 个` : ''
  return [
    {
      what: `${empty.length} 个岗位还没有人进来`,
      mend: `${empty.slice(0, POSTS_NAMED).join('、')}${more}：管理员在“我的 → 邀请同事”里发邀请，本人接了才算有人，在这以前的件先归联络员`,
    },
  ]
}

const DECEMBER = 12

/** The notice of a year is published in the November before. */
async function lacksOfCalendar({ db }: Database, clock: Clock): Promise<readonly Lack[]> {
  const [year = 0, month = 0] = dayIn(clock.now()).split('-').map(Number)
  const wanted = month === DECEMBER ? [year, year + 1] : [year]
  const held = await db.select({ year: calendarYears.year }).from(calendarYears)
  return wanted
    .filter((each) => !held.some((row) => row.year === each))
    .map((each) => ({
      what: `没有 ${each} 年的放假安排`,
      mend: `calendars/${each}.json：照国务院办公厅的通知写，再 load-pack；没有它，期限算不出日期`,
    }))
}

async function lacksOfDatabase({ read, root }: CheckContext): Promise<readonly Lack[]> {
  const services = await openFor(['database', 'clock'], {
    root,
    read: (needs) => ({ ...read(needs), LOG_LEVEL: 'silent' }),
  })
  try {
    const { database, clock } = services
    const lacks = await Promise.all([
      lacksOfPeople(database),
      lacksOfStaff(database),
      lacksOfCalendar(database, clock),
    ])
    return lacks.flat()
  } catch (cause) {
    const mend = sentenceOf(cause) ?? 'npm run db:migrate，再 npm run county -- load-pack'
    return [{ what: '数据库里看不了', mend }]
  } finally {
    for (const close of services.closers) await close()
  }
}

/** `check-release`: prints what this county still lacks, each with how to mend it. Answers the exit code. */
export async function run(context: CheckContext): Promise<number> {
  const { lookAt, root, print } = context
  const looked = lookAt()
  const { COUNTY: county = '', DATABASE_URL, PROFILE } = looked.values
  const folder = join(root, 'drizzle/packs', county)
  const ofPack = await lacksOfPack(folder, county)
  const isServer = PROFILE === 'self-hosted' && DATABASE_URL !== undefined
  const lacks = [
    ...lacksOfVariables(looked, ofPack.length > 0),
    ...ofPack,
    ...(isServer ? await lacksOfDatabase(context) : []),
  ]
  for (const { what, mend } of lacks) {
    print(`缺  ${what}`)
    print(`    ${mend}`)
  }
  if (!isServer) print('数据库没有看：先写好 PROFILE=self-hosted 和 DATABASE_URL。')
  print(lacks.length === 0 ? '都齐了，可以打包、提交审核。' : `还缺 ${lacks.length} 样，补齐了再发布。`)
  return lacks.length === 0 && isServer ? 0 : 1
}
