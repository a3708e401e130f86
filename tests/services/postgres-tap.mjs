import { connect, createServer } from 'node:net'

const SYNC = 'S'

/** A frontend's bytes as messages: the first has no type, each has its length. */
function createReader(onMessage) {
  let held = Buffer.alloc(0)
  let started = false
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    for (;;) {
      const head = started ? 1 : 0
      if (held.length < head + 4) return
      const end = head + held.readInt32BE(head)
      if (held.length < end) return
      if (started) onMessage(String.fromCharCode(held[0]), held.subarray(5, end))
      started = true
      held = held.subarray(end)
    }
  }
}

const textFrom = (body, at) => body.toString('utf8', at, body.indexOf(0, at))

/** The values of a Bind message, as text; null stays null. */
function valuesOf(body) {
  let at = body.indexOf(0, body.indexOf(0) + 1) + 1
  at += 2 + 2 * body.readInt16BE(at)
  const count = body.readInt16BE(at)
  at += 2
  return Array.from({ length: count }, () => {
    const length = body.readInt32BE(at)
    at += 4
    if (length === -1) return null
    at += length
    return body.toString('utf8', at - length, at)
  })
}

/**
 * Stands before a PostgreSQL and notes each round trip that crosses it: whatever a client sends until it waits for an
 * answer, which the protocol marks with Sync or a simple query. Opening a connection, and setting it up, is none.
 */
export async function createPostgresTap(databaseUrl) {
  const target = new URL(databaseUrl)
  const trips = []
  const sockets = new Set()
  const server = createServer((client) => {
    const postgres = connect(Number(target.port), target.hostname)
    // By name: a statement with one is sent once, and bound from then on.
    const texts = new Map()
    let text = ''
    let values = []
    const read = createReader((type, body) => {
      if (type === 'P') texts.set(textFrom(body, 0), textFrom(body, body.indexOf(0) + 1))
      if (type === 'B') {
        text = texts.get(textFrom(body, body.indexOf(0) + 1)) ?? ''
        values = valuesOf(body)
      }
      if (type === 'Q' && !textFrom(body, 0).startsWith('set jit '))
        trips.push({ text: textFrom(body, 0), values: [] })
      if (type === SYNC) trips.push({ text, values })
    })
    for (const [from, to] of [
      [client, postgres],
      [postgres, client],
    ]) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('data', (bytes) => {
        if (from === client) read(bytes)
        to.write(bytes)
      })
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('error', () => to.destroy())
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.port = String(server.address().port)
  return {
    url: String(url),
    trips,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
