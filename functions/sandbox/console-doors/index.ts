import { Hono } from 'hono'
import { isUnkept } from '../../platform/http/problem'
import type { FaultBook } from '../faults'
import type { World } from '../wechat/endpoint'
import { addClockDoors } from './clock'
import { addLinkDoors } from './links'
import { addMachineDoors } from './machine'
import { addMessageDoors } from './messages'
import { addOfficialAccountDoors } from './official-account'
import { addPeopleDoors } from './people'
import { problem, Refusal } from './requests'

/** The console's own doors, below `/sandbox/api`; README.md beside this folder documents each. */
export function createConsoleDoors(world: World, faultBook: FaultBook, baseUrl: () => string) {
  const app = new Hono()
  addPeopleDoors(app, world)
  addMessageDoors(app, world)
  addOfficialAccountDoors(app, world)
  addLinkDoors(app, world)
  addClockDoors(app, world)
  addMachineDoors(app, world, faultBook, baseUrl)
  app.all('*', (context) => problem(context, new Refusal(404, 'request.not-found', '没有这个接口')))
  app.onError((error, context) => {
    if (error instanceof Refusal) return problem(context, error)
    if (isUnkept(error))
      return problem(context, new Refusal(422, 'request.invalid', '里面有存不下的字符或数'))
    throw error
  })
  return app
}
