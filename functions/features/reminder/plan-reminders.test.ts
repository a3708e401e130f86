import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Unit } from '#shared/domain/organization/registry'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'
import { createAesCipher } from '../../platform/adapters/cipher'
import { systemIds } from '../../platform/adapters/system'
import { openBody } from './body'
import { createPlanReminders } from './plan-reminders'

const item = upgradeItem(JSON.parse(readFileSync('drizzle/packs/langxi/service-items/LX-005.json', 'utf8')))
const now = '2026-11-24T01:42:00.000Z' as Instant
const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})

describe('the outbox', () => {
  it('gets sealed rows, which open at their own place only', () => {
    const plan = createPlanReminders({
      cipher,
      ids: systemIds,
      clock: { now: () => now },
      reference: () => ({
        calendar: new Map(),
        units: new Map([['town', { shortName: '梅渚镇' } as Unit]]),
        holders: () => [],
      }),
    })
    const after = {
      identityConfirmed: true,
      accepted: null,
      corrections: [],
      approvals: [],
      steps: [],
    } as unknown as CaseState
    const rows = plan({
      caseId: systemIds.next(),
      caseNumber: '3418212611240001',
      item,
      before: null,
      after,
      events: [
        {
          id: 'event',
          event: { type: 'accepted', at: now, stepKey: 'accept', unitId: 'town', bySilence: false },
        },
      ],
      due: { kind: 'calendar-missing', year: 2027 },
      held: [],
      opened: [],
      newCard: null,
      ownStaff: [],
      parties: [{ recipient: 'filer', as: 'filer' }],
      actor: { staffId: null, profileId: null },
    })
    expect(rows).toMatchObject([
      { eventId: 'event', kind: 'accepted', recipient: 'filer', channel: 'subscribe', availableAt: now },
    ])
    const [row] = rows
    if (!row) throw new Error('nothing was planned')
    expect(row.bodySealed).not.toContain('高龄津贴')
    expect(openBody(cipher, { ...row, caseNumber: null })).toMatchObject({
      title: '高龄津贴受理了',
      lines: ['梅渚镇受理了，2027年放假安排公布后告诉你日期', '办件编号 3418212611240001'],
    })
    expect(() => openBody(cipher, { ...row, id: systemIds.next(), caseNumber: null })).toThrow()
  })
})
