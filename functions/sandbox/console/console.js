// The console of the local WeChat: no framework, no build step, one page.

import { drawClock, startClock } from './clock.js'
import { startDialogs } from './dialogs.js'
import { cameBy, openLink, startLinks } from './links.js'
import { attempt, byId, call } from './page.js'
import { drawPeople, loadPeople, loadWaiting, personOf, startPeople } from './people.js'
import { drawSwitches, openAs, startPhone } from './phone.js'
import { state } from './state.js'
import { drawStory, firstPerson, startStory } from './story.js'
import { awaitPerson, drawEvents, drawMenu, refreshPerson, startWechat } from './wechat.js'

const POLL_MILLISECONDS = 2000
/** What waits for each of them is asked for at every so many polls. */
const WAITING_EVERY = 3

async function become(person, where) {
  awaitPerson(person)
  openAs(person, where)
  drawPeople()
  history.replaceState(null, '', `#${person.id}`)
  await refresh()
}

async function refresh() {
  const [clock, events, menu, { story }] = await Promise.all([
    call('GET', '/clock'),
    call('GET', '/events'),
    call('GET', '/official-account/menu'),
    call('GET', '/story'),
    refreshPerson(),
  ])
  state.story = story
  drawClock(clock)
  drawEvents(events)
  drawMenu(menu)
  drawSwitches()
  drawStory()
}

const refreshAll = async () => {
  await loadWaiting()
  await refresh()
}

let polls = 0
async function poll() {
  if (document.visibilityState === 'visible') {
    await attempt(polls % WAITING_EVERY === 0 ? refreshAll : refresh)
    polls += 1
  }
  setTimeout(poll, POLL_MILLISECONDS)
}

// What scrolls must be reachable by keyboard.
for (const scrolling of [...document.querySelectorAll('.window-body'), byId('events')]) scrolling.tabIndex = 0
startPeople(become)
startPhone()
startWechat()
startClock(refreshAll)
startDialogs(become)
startLinks(become)
startStory(become)
const link = cameBy()
await attempt(loadPeople)
await attempt(refreshAll)
const shown = personOf(location.hash.slice(1)) ?? firstPerson()
if (shown) await attempt(() => become(shown))
if (link) openLink(link)
await poll()
