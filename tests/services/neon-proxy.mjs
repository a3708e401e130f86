import { connect } from 'node:net'
import { WebSocketServer } from 'ws'

/** Carries the bytes of Neon's WebSocket to a PostgreSQL over TCP, as Neon's own proxy does. */
export async function createNeonProxy(postgresPort) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => {
    const postgres = connect(postgresPort, '127.0.0.1')
    postgres.setNoDelay(true)
    postgres.on('data', (bytes) => socket.send(bytes))
    postgres.on('close', () => socket.close())
    postgres.on('error', () => socket.terminate())
    socket.on('message', (bytes) => postgres.write(bytes))
    socket.on('close', () => postgres.destroy())
    socket.on('error', () => postgres.destroy())
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    /** Host and path, as the driver's `wsProxy` wants it. */
    address: `127.0.0.1:${server.address().port}/v1`,
    stop: () => {
      for (const client of server.clients) client.terminate()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
