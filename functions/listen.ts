import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import { answerUnreadable, refusal, refuse, refuseOnSocket } from './unreadable'

/** `environment` holds the connection's own request, by which its address is known. */
type Fetch = (request: Request, environment: object) => Response | Promise<Response>

/** How long a client may take to send, in milliseconds. */
export interface Patience {
  /** Any request with its body. */
  readonly body: number
  /** One that brings a file: 10 MB from a village where 40 kB arrive in a second. */
  readonly form: number
  /** How often Node looks who takes too long. */
  readonly looks: number
  /**
   * A connection between two requests: longer than a proxy keeps its own (nginx: 60 s), which else sends the next one
   * into a connection that is just being closed, and tells its client 502.
   */
  readonly idle: number
}
const PATIENCE: Patience = { body: 60_000, form: 300_000, looks: 5_000, idle: 75_000 }

const FORMS = '/api/files'

/** The system gives us no such address or port. */
export class CannotListen extends Error {
  constructor(
    readonly host: string,
    readonly port: number,
    cause: Error,
  ) {
    super(cause.message, { cause })
  }
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Ends a request whose body does not come to its end in time. */
function limitTime(incoming: IncomingMessage, outgoing: ServerResponse, milliseconds: number) {
  const { socket } = incoming
  const late = setTimeout(() => {
    if (incoming.complete) return
    if (outgoing.headersSent) socket.destroy()
    else refuseOnSocket(socket, 'request.too-slow')
  }, milliseconds)
  late.unref()
  const inTime = () => clearTimeout(late)
  incoming.once('end', inTime).once('close', inTime)
}

/** Listens for `fetch`; what cannot be handed to it is answered here, as a problem too. */
export function listen(
  fetch: Fetch,
  { host, port, patience = PATIENCE }: { host: string; port: number; patience?: Patience },
) {
  const answer = getRequestListener(fetch, {
    hostname: host,
    errorHandler: (cause) => refusal(cause instanceof RequestError ? 'request.malformed' : 'server.error'),
  })
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // RFC 9112, 3.2: a request of HTTP/1.1 names one host.
    const hosts = incoming.headersDistinct['host'] ?? []
    if (hosts.length > 1 || (hosts.length === 0 && incoming.httpVersion !== '1.0')) {
      return refuse(outgoing, 'request.malformed')
    }
    if (hasBody(incoming) && incoming.url !== FORMS) limitTime(incoming, outgoing, patience.body)
    return answer(incoming, outgoing)
  }
  const server = createServer(
    {
      requireHostHeader: false,
      requestTimeout: patience.form,
      headersTimeout: Math.min(patience.body, patience.form),
      connectionsCheckingInterval: patience.looks,
      keepAliveTimeout: patience.idle,
    },
    onRequest,
  )
  server.on('clientError', answerUnreadable)
  server.on('checkExpectation', (_, outgoing) => refuse(outgoing, 'request.malformed'))
  server.on('connect', (_, socket) => refuseOnSocket(socket, 'request.method'))
  return new Promise<{ server: Server; port: number }>((done, failed) => {
    server.once('error', (cause) => failed(new CannotListen(host, port, cause)))
    server.listen(port, host, () => done({ server, port: (server.address() as { port: number }).port }))
  })
}
