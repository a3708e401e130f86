import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a service that can be cut, or frozen, and mended: to its clients the service goes away, or is silent, and comes back. */
export async function createRelay(serviceUrl: string) {
  const service = new URL(serviceUrl)
  const sockets = new Set<Socket>()
  let isFrozen = false
  const listen = (port: number) =>
    new Promise<Server>((resolve) => {
      const server = createServer((client) => {
        const end = connect(Number(service.port), service.hostname)
        for (const [from, to] of [
          [client, end],
          [end, client],
        ] as const) {
          sockets.add(from)
          if (isFrozen) from.pause()
          from.on('data', (bytes) => to.write(bytes))
          from.on('close', () => {
            sockets.delete(from)
            to.destroy()
          })
          from.on('error', () => to.destroy())
        }
      })
      server.listen(port, '127.0.0.1', () => resolve(server))
    })
  let server = await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = new URL(serviceUrl)
  url.port = String(port)
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    url: String(url),
    cut,
    freeze: () => {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw: () => {
      isFrozen = false
      for (const socket of sockets) socket.resume()
    },
    mend: async () => {
      server = await listen(port)
    },
  }
}
