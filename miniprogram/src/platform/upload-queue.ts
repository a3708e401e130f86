import { create } from 'zustand'
import type { PhotoFault } from '#shared/domain/application/photo-faults'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { isPassing, type Trouble, upload } from './api'
import { isTimeKnown, now } from './clock'
import { platform } from './index'
import type { PickedFile } from './platform'
import { onSessionClosed } from './session'

/** One photo on its way to the office, on the phone until what it was taken for has been handed in. */
interface QueuedFile {
  /** Its name on this phone, over restarts. */
  readonly key: string
  /** Key in the storage of what it was taken for: once that is gone, so is the photo. */
  readonly owner: string
  readonly name: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  /** Where the phone keeps it; null where it had no room: then it lives as long as the app. */
  readonly kept: string | null
  readonly addedAt: Instant
  readonly sent: { readonly id: string; readonly at: Instant } | null
  /** The place that was asked for it, as long as nobody has refused it there. */
  readonly promise?: { readonly key: string; readonly at: Instant } | null
}

export type Sending =
  /** Goes by itself, as soon as it can. `because`: why it has not gone yet. */
  | { readonly kind: 'waiting'; readonly because?: Trouble }
  /** `percent`: in tens. */
  | { readonly kind: 'busy'; readonly percent: number }
  /** Looked at on the phone first. Of this run alone: whatever ends the app, it goes with the next start. */
  | { readonly kind: 'held' }
  /** Asked about: goes once its owner says so, or has gone on. */
  | { readonly kind: 'doubtful'; readonly fault: PhotoFault }
  /** Sent again as it is it would be refused again. */
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  | { readonly kind: 'done'; readonly id: string }

export interface Shown {
  readonly name: string
  /** What an Image can show; empty where the phone has no more than its name. */
  readonly preview: string
  readonly sending: Sending
}

interface Uploads {
  readonly byKey: Readonly<Record<string, Shown>>
}

const LIST = 'uploads'
/** The server keeps for seven days what nothing was filed with: before that it is sent once more. */
const SENT_ANEW_MS = 6 * 24 * 3600 * 1000
/** The server lets a file into a promised place for ten minutes. */
const PROMISED_MS = 9 * 60 * 1000
/** A photo without what it was taken for is left to the moment in which that is written. */
const UNOWNED_MS = 10_000
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 60_000
/** A timer counts no further than 24 days; whoever comes back tries at once anyway. */
const LONGEST_WAIT_MS = 24 * 3600 * 1000

export const useUploads = create<Uploads>(() => ({ byKey: {} }))

const files = new Map<string, PickedFile>()
/** How often one was tried in this run. */
const tries = new Map<string, number>()
let isWorking = false
let pause = 0
let wait = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Of this run; the storage has them as far as it had room. */
let queue: readonly QueuedFile[] = []
const all = () => queue
const stored = () => (platform.read(LIST) as readonly QueuedFile[] | undefined) ?? []

/** What the storage does not take stays for this run, and what it had it keeps. */
function keep(list: readonly QueuedFile[]) {
  queue = list
  platform.write(LIST, list)
}

/** They would be there if the app ended now: on the phone, or with the office. Of what is gone nothing is left to keep. */
export function areKept(keys: readonly string[]) {
  const lasting = new Set(
    stored().flatMap(({ key, kept, sent }) => (kept === null && sent === null ? [] : [key])),
  )
  return keys.every((key) => lasting.has(key) || !all().some((file) => file.key === key))
}

const show = (key: string, change: Partial<Shown>) =>
  useUploads.setState(({ byKey }) => {
    const before = byKey[key]
    return before ? { byKey: { ...byKey, [key]: { ...before, ...change } } } : { byKey }
  })

const isFresh = ({ sent }: QueuedFile) =>
  sent !== null && Date.parse(now()) - Date.parse(sent.at) < SENT_ANEW_MS

const sendingOf = (file: QueuedFile): Sending =>
  file.sent && (isFresh(file) || file.kept === null)
    ? { kind: 'done', id: file.sent.id }
    : { kind: 'waiting' }

async function fileOf(queued: QueuedFile): Promise<PickedFile | undefined> {
  const known = files.get(queued.key)
  if (known || queued.kept === null) return known
  const file = await platform.openKeptFile(queued.kept, queued)
  if (file) files.set(queued.key, file)
  return file
}

function drop(keys: ReadonlySet<string>) {
  const gone = all().filter(({ key }) => keys.has(key))
  if (gone.length === 0) return
  keep(all().filter(({ key }) => !keys.has(key)))
  for (const { key, kept: handle } of gone) {
    files.delete(key)
    tries.delete(key)
    if (handle !== null) platform.dropKeptFile(handle)
  }
  useUploads.setState(({ byKey }) => ({
    byKey: Object.fromEntries(Object.entries(byKey).filter(([key]) => !keys.has(key))),
  }))
}

/** What nothing on this phone names any more. */
function dropUnowned() {
  const isOwned = ({ owner, addedAt }: QueuedFile) =>
    platform.read(owner) !== undefined || Date.parse(now()) - Date.parse(addedAt) < UNOWNED_MS
  drop(new Set(all().flatMap((file) => (isOwned(file) ? [] : [file.key]))))
}

/** Files that a run kept and had no room to note, or that it ended before. */
async function dropUnlisted() {
  const handles = await platform.listKeptFiles()
  const listed = new Set(all().map(({ kept }) => kept))
  for (const handle of handles) if (!listed.has(handle)) platform.dropKeptFile(handle)
}

/** The permission to send may have run out on the way, or the session: another try asks for both anew. */
const ANEW: readonly Trouble['code'][] = [
  'upload.form-invalid',
  'account.not-logged-in',
  'account.session-ended',
]
/** A store of files refuses an outdated permission and a bad file in the same way. */
const MOST_REFUSALS = 3
const goesLater = (trouble: Trouble, times: number) =>
  isPassing(trouble) ||
  ANEW.includes(trouble.code) ||
  trouble.code === 'request.rate-limited' ||
  (trouble.code === 'upload.refused' && times < MOST_REFUSALS)

/** Milliseconds until the next try is of use, where the server said so. */
const waitOf = ({ code, retryAfterSeconds = 0 }: Trouble) =>
  code === 'request.rate-limited' ? Math.min(retryAfterSeconds * 1000, LONGEST_WAIT_MS) : 0

const change = (key: string, how: Partial<QueuedFile>) =>
  keep(all().map((each) => (each.key === key ? { ...each, ...how } : each)))

/** The same place for what was lost on its way there: the phone remembers it over a restart. */
async function promiseFor({ key, promise }: QueuedFile): Promise<string> {
  // By a clock that nobody has told yet it may seem older than it is; where it is, it is refused and asked for anew.
  const isOpen = !isTimeKnown() || Date.parse(now()) - Date.parse(promise?.at ?? '') < PROMISED_MS
  if (promise && isOpen) return promise.key
  const fresh = { key: await platform.randomId(), at: now() }
  change(key, { promise: fresh })
  return fresh.key
}

async function send(queued: QueuedFile): Promise<'sent' | 'refused' | 'later'> {
  const { key } = queued
  const file = await fileOf(queued)
  if (!file) {
    drop(new Set([key]))
    return 'refused'
  }
  show(key, { sending: { kind: 'busy', percent: 0 } })
  const answer = await upload(file, await promiseFor(queued), (percent) => {
    const tens = Math.floor(percent / 10) * 10
    const { sending } = useUploads.getState().byKey[key] ?? {}
    if (sending?.kind === 'busy' && sending.percent !== tens) {
      show(key, { sending: { kind: 'busy', percent: tens } })
    }
  })
  if (answer.ok) {
    change(key, { sent: { id: answer.value, at: now() } })
    show(key, { sending: { kind: 'done', id: answer.value } })
    return 'sent'
  }
  if (!isPassing(answer.error)) change(key, { promise: null })
  const times = (tries.get(key) ?? 0) + 1
  tries.set(key, times)
  if (goesLater(answer.error, times)) {
    show(key, { sending: { kind: 'waiting', because: answer.error } })
    wait = waitOf(answer.error)
    return 'later'
  }
  show(key, { sending: { kind: 'failed', trouble: answer.error } })
  return 'refused'
}

/** The one that was tried least: a photo that always fails stands in no other's way. */
function nextOf(): QueuedFile | undefined {
  const { byKey } = useUploads.getState()
  return all()
    .filter(({ key }) => byKey[key]?.sending.kind === 'waiting')
    .sort((left, right) => (tries.get(left.key) ?? 0) - (tries.get(right.key) ?? 0))[0]
}

/** One after the other: a weak signal carries one photo better than three. */
async function work() {
  if (isWorking) return
  isWorking = true
  clearTimeout(timer)
  try {
    for (let next = nextOf(); next; next = nextOf()) {
      const outcome = await send(next)
      if (outcome === 'later') {
        pause = Math.min(pause === 0 ? FIRST_PAUSE_MS : pause * 2, LONGEST_PAUSE_MS)
        timer = setTimeout(() => void work(), Math.max(pause, wait))
        return
      }
      if (outcome === 'sent') pause = 0
    }
  } finally {
    isWorking = false
  }
}

/** The signal is back, or the person is: no more waiting. */
function workAtOnce() {
  pause = 0
  wait = 0
  void work()
}

/** Once, when the app starts: what the last run left goes on its way. */
export function startUploads() {
  queue = stored()
  const shown = queue.map(
    (file) => [file.key, { name: file.name, preview: '', sending: sendingOf(file) }] as const,
  )
  useUploads.setState({ byKey: Object.fromEntries(shown) })
  dropUnowned()
  void dropUnlisted()
  platform.onNetworkChange((online) => online && workAtOnce())
  platform.onAppShow(workAtOnce)
  onSessionClosed(() => {
    drop(new Set(all().map(({ key }) => key)))
    void dropUnlisted()
  })
  void work()
}

/** Keeps the files, then sends those that are not held; answers their keys. */
export async function addUploads(
  owner: string,
  picked: readonly PickedFile[],
  sending: Sending = { kind: 'waiting' },
): Promise<readonly string[]> {
  const added: QueuedFile[] = []
  for (const file of picked) {
    const key = await platform.randomId()
    const { name, contentType, size } = file
    const handle = await platform.keepFile(file)
    const own = handle === undefined ? file : await platform.openKeptFile(handle, file)
    files.set(key, own ?? file)
    added.push({ key, owner, name, contentType, size, kept: handle ?? null, addedAt: now(), sent: null })
  }
  keep([...all(), ...added])
  useUploads.setState(({ byKey }) => ({
    byKey: {
      ...byKey,
      ...Object.fromEntries(
        added.map(({ key, name }) => [key, { name, preview: files.get(key)?.preview ?? '', sending }]),
      ),
    },
  }))
  void work()
  return added.map(({ key }) => key)
}

/** Files that the office has under these ids, and the phone has no copy of; answers their keys. */
export function adoptUploads(
  owner: string,
  arrived: readonly (Pick<QueuedFile, 'name' | 'contentType' | 'size'> & { readonly id: string })[],
): readonly string[] {
  const added = arrived.map(({ id, ...file }): QueuedFile => {
    const at = now()
    return { ...file, key: id, owner, kept: null, addedAt: at, sent: { id, at } }
  })
  keep([...all(), ...added])
  const shown = added.map(({ key, name }) => [
    key,
    { name, preview: '', sending: { kind: 'done', id: key } as const },
  ])
  useUploads.setState(({ byKey }) => ({ byKey: { ...byKey, ...Object.fromEntries(shown) } }))
  return added.map(({ key }) => key)
}

/** The picture of one that the phone has no copy of. */
export const showPicture = (key: string, preview: string) => show(key, { preview })

export function sendAgain(key: string) {
  show(key, { sending: { kind: 'waiting' } })
  workAtOnce()
}

/** The picture of one that is held; undefined once it goes or is gone. */
export const heldFile = (key: string) =>
  useUploads.getState().byKey[key]?.sending.kind === 'held' ? files.get(key) : undefined

export const doubt = (key: string, fault: PhotoFault) => show(key, { sending: { kind: 'doubtful', fault } })

/** The server has them no more, though they arrived once. */
export function sendAnew(keys: readonly string[]) {
  const isOne = ({ key, kept: handle }: QueuedFile) =>
    keys.includes(key) && (handle !== null || files.has(key))
  const again = all().filter(isOne)
  keep(all().map((file) => (isOne(file) ? { ...file, sent: null, promise: null } : file)))
  for (const { key } of again) show(key, { sending: { kind: 'waiting' } })
  drop(new Set(keys.filter((key) => !again.some((file) => file.key === key))))
  workAtOnce()
}

export const dropUploads = (keys: readonly string[]) => drop(new Set(keys))

/** What was taken for `owner` and nothing else since. */
export const dropUploadsOf = (owner: string) =>
  drop(new Set(all().flatMap((file) => (file.owner === owner ? [file.key] : []))))

/** What those were taken for that have arrived under these ids. */
export const ownersOf = (ids: ReadonlySet<string>): readonly string[] =>
  all().flatMap(({ owner, sent }) => (sent !== null && ids.has(sent.id) ? [owner] : []))

/** They belong to something else from now on. */
export const handOver = (keys: readonly string[], owner: string) =>
  keep(all().map((file) => (keys.includes(file.key) ? { ...file, owner } : file)))

/** Brings back the pictures of those that the phone has kept; what is with the server no more goes once more. */
export async function openUploads(keys: readonly string[]) {
  const opened = all().filter(({ key }) => keys.includes(key))
  // By now the day is the server's.
  const old = opened.filter((file) => file.sent !== null && sendingOf(file).kind === 'waiting')
  if (old.length > 0) sendAnew(old.map(({ key }) => key))
  for (const queued of opened) {
    const file = await fileOf(queued)
    if (file) show(queued.key, { preview: file.preview })
  }
}
