import type { CaseView } from '#shared/contract/case'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { caseOf, type Person } from './client'
import {
  agentsOf,
  applicationFor,
  arrive,
  comeToCounter,
  type Filed,
  noteRefusal,
  type Resident,
  type World,
} from './people'
import { hoursAtWork, momentOf } from './pushes-counted'

// What people do who want something of the county, by the doors that their phones use.

const OPENS = 7 * 60
const CLOSES = 21 * 60 + 30
const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** As somebody taps the window of WeChat after a page asked: mostly yes, to all three at once. */
async function tapConsent(world: World, person: string) {
  const { random, client, accepted } = world
  const choice = random.chance(0.8) ? 'accept' : random.chance(0.7) ? 'reject' : 'switch-off'
  if (random.chance(0.1)) return
  await client.door('POST', 'consents', { person, choice })
  if (choice === 'accept') accepted.set(person, [...(accepted.get(person) ?? []), world.now()])
}

const pickItem = ({ items, random, today }: World, firm: boolean): ServiceItem => {
  const day = today().slice(5)
  const open = items.filter(
    ({ openWindow, audienceCodes }) =>
      (openWindow === null || (openWindow.from <= day && day <= openWindow.to)) &&
      (firm ? audienceCodes.includes('2') : audienceCodes.includes('1')),
  )
  return random.pick(open)
}

/** Files, and comes back to the case in the days that follow. */
async function file(
  world: World,
  who: Resident,
  item: ServiceItem,
  whom: Parameters<typeof applicationFor>[3],
) {
  const { client, random, now, happens } = world
  const person = await client.as(who.id)
  const body = await applicationFor(world, person, item, whom)
  const isAgent = whom.idNumber !== who.idNumber
  const filed = await person.send<Filed>('POST', '/api/cases', {
    body: { ...body, ...(isAgent && { agent: true }) },
  })
  if (noteRefusal(world, `申请 ${item.id}`, filed)) return
  await tapConsent(world, who.id)
  if (random.chance(0.02))
    happens(now() + random.int(30, 2 * 1440) * MINUTE, () => withdraw(world, who, filed.body.id))
  if (random.chance(0.05))
    happens(momentOf(dayLater(now(), random.int(2, 8)), random.int(OPENS, CLOSES)), () =>
      nudge(world, who, filed.body.id),
    )
  for (const days of [random.int(1, 2), random.int(3, 5), random.int(6, 10), random.int(11, 18)])
    happens(momentOf(dayLater(now(), days), random.int(OPENS, CLOSES)), () => look(world, who, filed.body.id))
}

const dayLater = (at: number, days: number) =>
  new Date(at + days * DAY + 8 * 60 * MINUTE).toISOString().slice(0, 10)

/** Nothing of it is under way, or it is taken back nowhere. */
const isOver = ({ outcome }: CaseView) => !['open', 'correcting', 'suspended', 'late'].includes(outcome.key)

async function withdraw(world: World, who: Resident, id: string) {
  const person = await world.client.as(who.id)
  const view = await caseOf(person, id)
  if (isOver(view)) return
  const body = { version: view.version, reason: '不办了' }
  noteRefusal(world, '撤回', await person.send('POST', `/api/cases/${id}/withdrawal`, { body }))
}

async function nudge(world: World, who: Resident, id: string) {
  const person = await world.client.as(who.id)
  if (!isOver(await caseOf(person, id)))
    noteRefusal(world, '催办', await person.send('POST', `/api/cases/${id}/nudge`, { body: {} }))
}

/** Opens the case; answers what is asked, shows who they are, rates what is over. A few let a notice lie. */
async function look(world: World, who: Resident, id: string) {
  const { client, random } = world
  const person = await client.as(who.id)
  const answer = await person.send<CaseView>('GET', `/api/cases/${id}`)
  if (noteRefusal(world, '打开', answer)) return
  const view = answer.body
  if (random.chance(0.3)) await tapConsent(world, who.id)
  if (view.correction !== null && random.chance(0.7)) return supplement(world, who, person, view)
  if (isOver(view) && view.rating === null && random.chance(0.3))
    noteRefusal(
      world,
      '评价',
      await person.send('POST', `/api/cases/${id}/rating`, {
        body: { level: random.int(1, 3), reasons: [] },
      }),
    )
}

async function supplement(world: World, who: Resident, person: Person, view: CaseView) {
  const item = world.items.find(({ id }) => id === view.serviceItemId)
  if (!item || view.correction === null) return
  const asked = view.correction.items
  const anew = await applicationFor(world, person, item, who)
  const names = (kind: 'field' | 'material') =>
    new Set(asked.filter((each) => each.kind === kind).map(({ name }) => name))
  const [fields, papers] = [names('field'), names('material')]
  const materials = []
  for (const name of papers) materials.push({ name, files: [await person.upload()] })
  const answers = Object.fromEntries(Object.entries(anew.answers).filter(([key]) => fields.has(key)))
  const body = {
    version: view.version,
    ...(fields.size > 0 ? { answers } : {}),
    ...(papers.size > 0 ? { materials } : {}),
  }
  noteRefusal(world, '补正', await person.send('POST', `/api/cases/${view.id}/supplement`, { body }))
}

const ENTERING = ['village-agent', 'town-window'] as const

/** Of a village or a town, whoever sits at the counter now. */
function atCounter({ pack, random, today, worksOn, now }: World) {
  const minute = Math.floor((now() - momentOf(today(), 0)) / MINUTE)
  const there = pack.staff.filter(
    (member) =>
      member.roles.some(({ role }) => (ENTERING as readonly string[]).includes(role)) &&
      hoursAtWork(member, today(), worksOn).some(([from, to]) => from <= minute && minute < to),
  )
  return there.length > 0 ? random.pick(there) : undefined
}

/** Typed by staff for whoever came to them; false where nobody sits there now. */
async function enter(world: World): Promise<boolean> {
  const { pack, random, client } = world
  const member = atCounter(world)
  if (!member) return false
  const unitId = member.roles[0]?.unitId ?? ''
  const near = pack.units.villages.filter(({ id, townId }) => id === unitId || townId === unitId)
  const item = pickItem(world, false)
  const known = random.chance(0.3) && world.residents.length > 0
  const village = near.length > 0 ? random.pick(near) : random.pick(pack.units.villages)
  const whom = known ? random.pick(world.residents) : await comeToCounter(world, item, village.id)
  const person = await client.as(member.id)
  const body = await applicationFor(world, person, item, whom)
  const named = item.fields.some(({ kind }) => kind === 'idcard')
    ? {}
    : { applicant: { name: whom.name, idNumber: whom.idNumber } }
  const answer = await person.send('POST', '/api/work/applications', {
    body: { ...body, ...named, consent: { how: 'signed' } },
  })
  noteRefusal(world, `代录 ${item.id}`, answer)
  return true
}

/** One case comes in: by a firm's agent, for a relative, at a counter, by somebody known or by somebody new. */
export async function comeIn(world: World) {
  const { random, pack, residents } = world
  if (random.chance(0.12) && (await enter(world))) return
  if (random.chance(0.1)) {
    const agent = random.pick(agentsOf(pack))
    const item = pickItem(world, true)
    if (agent.firm?.itemIds?.includes(item.id) ?? true) return file(world, agent, item, agent)
  }
  const item = pickItem(world, false)
  const known = residents.length > 0 && random.chance(0.25)
  const who = known ? random.pick(residents) : await arrive(world, item)
  const other = residents.length > 1 && random.chance(0.05) ? random.pick(residents) : who
  return file(world, who, item, other)
}

/** Random minutes of a day on which so many cases come in. */
export const minutesOfDay = ({ random }: World, cases: number) =>
  Array.from({ length: cases }, () => random.int(OPENS, CLOSES))
