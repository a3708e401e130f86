import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { openContent } from '../../../functions/features/case/texts'
import type { County } from '../../product/county'
import type { Phone } from '../engine'
import type { Album } from './person'

interface Sent {
  readonly caseId: string | null
  readonly arrived: string | null
  readonly kept: string | null
}

/** What stands in the product of one resident, read past the weak signal. */
export function ledgerOf({ services: { database, cipher } }: County, profileId: string) {
  return {
    /** Ids of what was filed, the first one first. */
    cases: async () =>
      (
        await database.rows<{ id: string }>(
          sql`select id from cases where filed_by = ${profileId}::uuid order by filed_at, id`,
        )
      ).map(({ id }) => id),
    supplements: async () =>
      (
        await database.rows<{ count: number }>(sql`select count(*)::int as count from case_events e
          join cases c on c.id = e.case_id where c.filed_by = ${profileId}::uuid and e.type = 'supplemented'`)
      )[0]?.count ?? 0,
    async content(id: string) {
      const texts = await database.rows<{ digest: string; sealed: string; isNow: boolean }>(
        sql`select x.digest, x.sealed, x.digest = c.state->>'answersDigest' as "isNow"
          from case_texts x join cases c on c.id = x.case_id where c.id = ${id}::uuid`,
      )
      return openContent(cipher, id, texts, texts.find(({ isNow }) => isNow)?.digest ?? '')
    },
    uploads: () =>
      database.rows<Sent>(sql`select case_id as "caseId", arrived_digest as arrived, kept_digest as kept
        from uploads where owner_id = ${profileId}::uuid`),
  }
}

export type Ledger = ReturnType<typeof ledgerOf>

interface StoredDraft {
  readonly answers: unknown
  readonly photos: Readonly<Record<string, readonly string[]>>
}

const withoutGaps = (text: string) => text.replace(/\s/g, '')
const PHOTO = /(已传好，点一下看大图|接着传|等着传|点一下重传)$/

/** What the page says now is so. `before`: how much was filed and answered before this errand began. */
export async function checkSaid(
  phone: Phone,
  ledger: Ledger,
  before: { readonly cases: number; readonly supplements: number },
) {
  const { screen, storage } = phone
  const said = screen.text()
  if (said.includes('已自动保存')) {
    const drafts = [...storage].flatMap(([key, text]) => (key.startsWith('draft:') ? [text] : []))
    const kept = withoutGaps(drafts.join())
    for (const name of screen.inputs()) {
      const value = withoutGaps(String(screen.valueOf(name) ?? ''))
      if (value !== '') expect(kept, `已自动保存, and not ${name}`).toContain(value)
    }
    const photos = drafts.flatMap((text) => Object.values((JSON.parse(text) as StoredDraft).photos).flat())
    const shown = screen.buttons().filter((name) => PHOTO.test(name) && !name.startsWith('删除')).length
    expect(photos.length, '已自动保存, and not the photos').toBeGreaterThanOrEqual(shown)
  }
  expect(said).not.toContain('手机没留住')
  const filed = async () => (await ledger.cases()).length - before.cases
  const supplements = async () => (await ledger.supplements()) - before.supplements
  const isCorrection = screen.path === 'features/case/correction'
  if (said.includes('没交上去'))
    expect(isCorrection ? await supplements() : await filed(), '没交上去, and it was').toBe(0)
  if (screen.path === 'features/case/application/submitted' && said.includes('收到了'))
    expect(await filed(), '收到了').toBeGreaterThan(0)
}

/** Nothing of what was handed in stays on the phone. */
export function checkLeft({ storage, kept, faults }: Phone) {
  const left = [...storage.keys()].filter((key) => /^(draft|sent):/.test(key))
  expect(left, 'drafts on the phone').toEqual([])
  expect(storage.get('drafts') ?? '[]').toBe('[]')
  expect(storage.get('uploads') ?? '[]').toBe('[]')
  expect([...kept], 'photos on the phone').toEqual([])
  expect(faults).toEqual([])
}

const sorted = (list: readonly (string | null)[]) => [...list].sort()

/** The photos of a case are those that were taken, byte for byte. */
export async function checkPhotos(ledger: Ledger, caseId: string, album: Album) {
  const uploads = await ledger.uploads()
  const arrived = uploads.flatMap((each) => (each.caseId === caseId ? [each.arrived] : []))
  expect(sorted(arrived), 'photos in the case').toEqual(sorted([...album.values()].flat()))
}

export async function checkUnowned(ledger: Ledger, thrown: number) {
  const unowned = (await ledger.uploads()).filter(({ caseId }) => caseId === null).length
  expect(unowned, 'uploads that nothing owns').toBeLessThanOrEqual(thrown)
}
