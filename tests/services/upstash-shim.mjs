import { createServer } from 'node:http'
import Redis from 'ioredis'

const TOKEN = 'local-upstash-token'

/** Upstash sends strings as base64 when asked to, except for OK. */
function encoded(value) {
  if (typeof value === 'string') return value === 'OK' ? value : Buffer.from(value).toString('base64')
  return Array.isArray(value) ? value.map(encoded) : value
}

const bodyOf = async (request) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Upstash's REST interface before a Redis: one command, a pipeline, or a transaction. */
export async function createUpstashShim(redisUrl) {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 })
  const run = ([name, ...rest]) => redis.call(name, ...rest.map(String))
  const several = async (commands, atomic) => {
    const chain = atomic ? redis.multi() : redis.pipeline()
    for (const [name, ...rest] of commands) chain.call(name, ...rest.map(String))
    return (await chain.exec()).map(([error, result]) => (error ? { error: error.message } : { result }))
  }
  const server = createServer(async (request, response) => {
    const answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(401, { error: 'Unauthorized' })
    const inBase64 = request.headers['upstash-encoding'] === 'base64'
    const shown = ({ result, error }) => (error ? { error } : { result: inBase64 ? encoded(result) : result })
    try {
      const body = await bodyOf(request)
      if (request.url === '/') return answer(200, shown({ result: await run(body) }))
      answer(200, (await several(body, request.url === '/multi-exec')).map(shown))
    } catch (error) {
      answer(400, { error: error.message })
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    token: TOKEN,
    stop: () => {
      redis.disconnect()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
