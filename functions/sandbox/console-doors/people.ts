import type { Hono } from 'hono'
import { z } from 'zod'
import { dayIn, findPlainDate } from '#shared/domain/kernel/plain-date'
import { miniProgram } from '../accounts'
import type { World } from '../wechat/endpoint'
import { codePurposes, issueCode } from '../wechat/identity'
import { shanghai } from './instants'
import { knownPerson, personId, Refusal, read } from './requests'

const newPerson = z.strictObject({
  name: z
    .string()
    .trim()
    .min(2)
    .max(20)
    .regex(/^[\p{Script=Han}·]+$/u),
  birth: z.string(),
  villageCode: z.string(),
  /** A second WeChat account of somebody who is known already. */
  sameAs: z.string().min(1).max(64).optional(),
})

const loginCode = z.strictObject({
  person: personId,
  appid: z.string().optional(),
  purpose: z.enum(codePurposes).default('login'),
})

const relation = z.strictObject({ person: personId })

export function addPeopleDoors(app: Hono, world: World) {
  app.get('/people', async (context) => {
    const people = await world.register.list()
    return context.json({ people: people.map(({ id, name, roles, unit }) => ({ id, name, roles, unit })) })
  })
  app.get('/waiting', async (context) =>
    context.json({ waiting: await world.doors.waiting(await world.register.list()) }),
  )
  app.post('/people', async (context) => {
    const body = await read(context, newPerson)
    const birth = findPlainDate(body.birth)
    if (!birth || birth < '1900-01-01' || birth > dayIn(world.clock.now())) {
      throw new Refusal(422, 'sandbox.birth-impossible', '出生日期不对，写成 1944-11-30 这样')
    }
    if (!world.doors.villages().some((village) => village.code === body.villageCode)) {
      throw new Refusal(422, 'sandbox.village-unknown', '郎溪没有这个村')
    }
    const same = body.sameAs === undefined ? undefined : await knownPerson(world, body.sameAs)
    const { name, villageCode } = body
    const invented = await world.register.invent({
      name,
      birth,
      villageCode,
      idNumber: same?.idNumber ?? null,
    })
    return context.json({ id: invented.id, idNumber: invented.idNumber }, 201)
  })
  app.get('/villages', (context) => context.json({ villages: world.doors.villages() }))
  app.post('/login-codes', async (context) => {
    const body = await read(context, loginCode)
    const who = await knownPerson(world, body.person)
    const appid = body.appid ?? miniProgram.appid
    if (appid !== miniProgram.appid) throw new Refusal(422, 'sandbox.appid-unknown', '只有小程序能登录')
    const { code, expiresAt } = await issueCode(world, appid, who.id, body.purpose)
    return context.json({ code, appid, expiresAt: shanghai(expiresAt) }, 201)
  })
  app.post('/relations', async (context) => {
    const who = await knownPerson(world, (await read(context, relation)).person)
    await world.register.bindRelation(who.id)
    return context.json({ person: who.id, bound: true })
  })
}
