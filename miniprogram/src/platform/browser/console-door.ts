import type { CodeAnswer, OtherWay } from '../platform'

const PERSON = 'yinxiang-as'

/** Whose phone this frame is: the console says it once, and inner links do not repeat it. */
function findPerson() {
  const named = new URLSearchParams(window.location.search).get('as')
  if (named) sessionStorage.setItem(PERSON, named)
  return named ?? sessionStorage.getItem(PERSON) ?? undefined
}

const person = findPerson()

const post = (path: string, body: unknown) =>
  fetch(`/sandbox/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** What the local WeChat does for the browser: it knows who holds the phone and hands out WeChat's codes. */
export const consoleDoor = {
  person,

  async code(purpose: 'login' | 'phone' | 'real-name'): Promise<CodeAnswer> {
    const answer = await post('login-codes', { person, purpose })
    if (!answer.ok) return { kind: 'refused' }
    const { code }: { code: string } = await answer.json()
    return { kind: 'code', code }
  },

  async consent(templateIds: readonly string[], choice: 'accept' | 'reject') {
    await Promise.all(templateIds.map((templateId) => post('consents', { person, templateId, choice })))
  },

  async bindRelation() {
    await post('relations', { person })
  },

  /** The console's page where one chooses who to be; undefined in a deployment that has none. */
  async page(): Promise<OtherWay | undefined> {
    try {
      const health: { profile?: string } = await (await fetch('/api/health')).json()
      return health.profile === 'embedded' ? { address: '/sandbox', words: '选一个人登录' } : undefined
    } catch {
      return undefined
    }
  },
}
