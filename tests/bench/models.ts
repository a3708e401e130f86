import { act } from '../product/county'
import { fileCase } from '../services/applications'
import type { openMeasured } from '../services/measured-product'
import type { Templates } from './fill'

type Product = Awaited<ReturnType<typeof openMeasured>>

const demand = (answer: { readonly status: number; readonly body: unknown }, status: number) => {
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`)
}

/** Cases of several kinds, filed and led through by the product: all that a case can leave behind is behind one of them. */
export async function fileModels({ county, newApplication, holderOf }: Product): Promise<Templates> {
  const resident = await county.as('li-jianguo')
  const [window, reviewer] = [await county.as(holderOf('window')), await county.as(holderOf('dept-reviewer'))]
  const supervisor = await county.as('supervisor-1')
  const file = async () => {
    const filed = await resident.send<{ id: string }>('POST', '/api/cases', { body: newApplication() })
    demand(filed, 201)
    return filed.body.id
  }
  const delivered = await file()
  demand(await act(window, delivered, 'accept'), 200)
  demand(await act(reviewer, delivered, 'grant'), 200)
  demand(await act(window, delivered, 'conclude'), 200)
  demand(await act(window, delivered, 'deliver', { method: 'electronic' }), 200)
  demand(
    await resident.send('POST', `/api/cases/${delivered}/rating`, { body: { level: 1, reasons: [] } }),
    201,
  )
  const reason = '群众来电反映办得慢'
  demand(await supervisor.send('POST', `/api/work/cases/${delivered}/looks`, { body: { reason } }), 201)
  const { id: withdrawn, version } = await fileCase(resident, 'LX-017', 1)
  demand(await resident.send('POST', `/api/cases/${withdrawn}/withdrawal`, { body: { version } }), 200)
  const { id: elsewhere } = await fileCase(resident, 'LX-017', 2)
  const open = await file()
  return { open, elsewhere, ended: [delivered, withdrawn] }
}
