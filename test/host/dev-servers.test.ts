import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { DevServers, type DevServersOptions } from '../../src/host/dev-servers.ts'

describe('a page of a developer’s server', function () {
  this.timeout(5000)
  let servers: DevServers
  let far: Server
  let page: URL
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  let sockets: Socket[]

  const options: DevServersOptions = {
    secret: 'secret',
    serve: () => assert.fail('Nothing of the simulator’s own is asked for here.'),
    upgrade: () => assert.fail('No line of the simulator’s own is opened here.'),
    staged: html => `staged ${html}`
  }

  beforeEach(async () => {
    sockets = []
    far = createServer((request, response) => answer(request, response))
    far.on('connection', socket => void sockets.push(socket))
    far.listen(0, '127.0.0.1')
    await once(far, 'listening')
    page = new URL(`http://localhost:${(far.address() as AddressInfo).port}/shop?x=1`)
    servers = new DevServers(options)
  })

  afterEach(async () => {
    await servers.close()
    for (const socket of sockets) socket.destroy()
    far.close()
  })

  const enter = async () => new URL(await servers.enter('anna~1', page))

  function ask(at: URL, path: string, headers: Record<string, string> = {}, method = 'GET') {
    return request({ host: '127.0.0.1', port: at.port, path, method, headers, agent: false }).end()
  }
  async function got(asked: ReturnType<typeof ask>): Promise<IncomingMessage> {
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return response.resume()
  }
  /** Opens a line as a browser does, by hand. */
  async function line(at: URL): Promise<Socket> {
    const socket = connect(Number(at.port), '127.0.0.1')
    socket.write(`GET /hmr HTTP/1.1\r\nHost: ${at.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    await once(socket, 'connect')
    return socket
  }

  it('is no longer asked for by what nobody waits for: a stream ends there when the page leaves', async () => {
    const opened = new Promise<ServerResponse>(resolve => {
      answer = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': open\n\n')
        resolve(response)
      }
    })
    const asked = ask(await enter(), '/__hmr')
    const [response, stream] = await Promise.all([got(asked), opened])
    response.on('error', () => {})
    asked.destroy()
    await once(stream, 'close')
  })

  for (const type of ['text/html', 'text/plain']) {
    it(`that breaks off in the middle (${type}) breaks off here as well`, async () => {
      answer = (_, response) => {
        response.writeHead(200, { 'Content-Type': type, 'Content-Length': '1000' })
        response.write('<p>', () => response.destroy())
      }
      const asked = ask(await enter(), '/')
      await assert.rejects(async () => {
        const response = await got(asked)
        await once(response, 'end')
      }, /socket hang up|aborted/)
    })
  }

  it('stays in the frame when its server leads to a full address of its own, and nowhere else', async () => {
    const at = await enter()
    const led = async (location: string) => {
      answer = (_, response) => response.writeHead(302, { Location: location }).end()
      return (await got(ask(at, '/'))).headers.location
    }
    assert.equal(await led(`${page.origin}/login?next=1`), `${at.origin}/login?next=1`)
    assert.equal(await led('/login'), '/login')
    assert.equal(await led('https://example.com/login'), 'https://example.com/login')
  })

  it('posts to its server as if it came from there', async () => {
    const at = await enter()
    const seen = new Promise<IncomingMessage['headers']>(resolve => {
      answer = ({ headers }, response) => {
        response.end()
        resolve(headers)
      }
    })
    await got(ask(at, '/save', { Origin: at.origin, Referer: `${at.origin}/shop` }, 'POST'))
    const { host, origin, referer } = await seen
    assert.deepEqual({ host, origin, referer }, { host: page.host, origin: page.origin, referer: `${page.origin}/shop` })
  })

  /** Ends when the other side does, as those who speak on such lines do. */
  const polite = (socket: Socket) =>
    socket
      .on('error', () => {})
      .on('end', () => socket.end())
      .resume()
  const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

  it('may leave while its line is being opened', async () => {
    const asked = once(far, 'upgrade') as Promise<[IncomingMessage, Socket]>
    const near = await line(await enter())
    const [, end] = await asked
    near.resetAndDestroy()
    await once(near, 'close')
    const gone = once(polite(end), 'close')
    end.write(SWITCHED)
    await gone
  })

  it('loses its line when either end goes, or the simulator', async () => {
    const upgraded = async () => {
      const asked = once(far, 'upgrade') as Promise<[IncomingMessage, Socket]>
      const near = await line(await enter())
      const [, end] = await asked
      end.write(SWITCHED)
      await once(near, 'data')
      return { near: polite(near), end: polite(end) }
    }
    const first = await upgraded()
    first.near.resetAndDestroy()
    await once(first.end, 'close')

    const second = await upgraded()
    second.end.resetAndDestroy()
    await once(second.near, 'close')

    const third = await upgraded()
    const ends = [once(third.near, 'close'), once(third.end, 'close')]
    await servers.close()
    await Promise.all(ends)
  })

  it('keeps no port when nobody can be told of it', async () => {
    let port = 0
    const unreachable = new DevServers({
      ...options,
      publicOrigin: async local => {
        port = Number(new URL(local).port)
        throw new Error('This window forwards nothing.')
      }
    })
    await assert.rejects(unreachable.enter('anna~1', page), /forwards nothing/)
    const [refused] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
    assert.equal(refused.code, 'ECONNREFUSED')
  })
})
