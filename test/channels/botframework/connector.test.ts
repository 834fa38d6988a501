import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { PRESETS } from '../../../src/botframework/presets.ts'
import { SDKS } from '../../../src/botframework/sdk.ts'
import { routeOf } from '../../../src/channels/botframework/routes.ts'
import type { EntryKind } from '../../../src/trace/entry.ts'
import { type Caller, callerOf, entriesOf } from './client.ts'

const USER = { id: 'ann', name: 'Ann' }
const BOT = { id: 'bot', name: 'Bot' }

describe('the local bot connector', () => {
  let bot: Caller
  let c: string

  const entries = <K extends EntryKind>(kind: K) => entriesOf(bot.trace, kind)
  const error = (json: unknown) => (json as { error: { code: string } }).error.code
  const id = (json: unknown) => (json as { id: string }).id

  async function open(options: Parameters<typeof callerOf>[0] = {}): Promise<void> {
    bot = await callerOf(options)
    const conversation = { id: 'talk-1', channelId: 'emulator', by: 'visitor', bot: BOT, members: [USER], isGroup: false } as const
    c = bot.connector.conversations.open(conversation).id
  }

  beforeEach(() => open())
  afterEach(() => bot.connector.close())

  describe('refuses', () => {
    it('a request without the prefix, and leaves no trace of it', async () => {
      for (const path of ['/', `/v3/conversations/${c}/activities`, `/${bot.connector.prefix.slice(1)}/v3/conversations`]) {
        assert.equal((await bot.call('POST', path, { type: 'message' }, { from: 'root' })).status, 404)
      }
      assert.equal(bot.trace.entries.length, 0)
    })

    it('a web page, whatever its origin, and a foreign host', async () => {
      const send = (headers: Record<string, string>) => bot.call('POST', `v3/conversations/${c}/activities`, { text: 'hi' }, { headers })
      assert.equal((await send({ Origin: 'https://elsewhere.example' })).status, 403)
      assert.equal((await send({ Origin: `http://127.0.0.1:${bot.connector.port}` })).status, 403)
      assert.equal((await send({ Host: 'elsewhere.example' })).status, 403)
      assert.equal(entries('activity-from-bot').length, 0)
    })

    it('a body over its limit, announced or not', async () => {
      await bot.connector.close()
      await open({ maxBody: 1000 })
      const path = `v3/conversations/${c}/activities`
      const long = { text: 'x'.repeat(2000) }
      const announced = await bot.call('POST', path, long)
      assert.deepEqual([announced.status, error(announced.json)], [413, 'MessageSizeTooBig'])
      const chunked = await bot.call('POST', path, long, { headers: { 'Transfer-Encoding': 'chunked' } })
      assert.equal(chunked.status, 413)
      assert.equal((await bot.call('POST', path, { text: 'short' })).status, 200)
    })

    it('path tricks', async () => {
      for (const trick of [
        'v3/../v3/conversations',
        'v3/%2e%2e/conversations',
        'v3/conversations/%2Fetc/members',
        'v3/conversations/a%00/members',
        'v3/%zz'
      ]) {
        assert.equal((await bot.call('GET', trick)).status, 404, trick)
      }
    })

    it('to be reached at another address of this computer (C8)', async () => {
      const others = Object.values(networkInterfaces())
        .flat()
        .flatMap(address => (address?.family === 'IPv4' && !address.internal ? [address.address] : []))
      for (const host of ['127.0.0.2', ...others.slice(0, 2)]) {
        const isRefused = await new Promise(resolve => {
          const socket = connect({ port: bot.connector.port, host, timeout: 2000 })
          socket.on('connect', () => resolve(false))
          socket.on('error', () => resolve(true))
          // Where there is no such address, nobody answers.
          socket.on('timeout', () => resolve(true))
        })
        assert.equal(isRefused, true, host)
      }
    })
  })

  it('takes replies to any id and to none, of any type, gives ids, and keeps what the address says (R1, R4, R5, R6)', async () => {
    const reply = await bot.call('POST', `v3/conversations/${c}/activities/made-up`, { type: 'message', text: 'hi' })
    const sent = await bot.call('POST', `v3/conversations/${c}/activities`, { type: 'handoff' })
    assert.deepEqual([reply.status, sent.status], [200, 200])
    assert.notEqual(id(reply.json), id(sent.json))
    const [first, second] = entries('activity-from-bot')
    assert.deepEqual([first!.via, first!.replyTo, first!.activityId], ['reply', 'made-up', id(reply.json)])
    assert.deepEqual([second!.via, second!.replyTo, second!.type], ['send', undefined, 'handoff'])
    assert.deepEqual((first!.activity as { conversation: unknown }).conversation, { id: c })
  })

  it('does not know conversations that nobody opened (R3), nor calls that do not exist (E25)', async () => {
    const unknown = await bot.call('POST', 'v3/conversations/other/activities/a', { text: 'hi' })
    assert.deepEqual([unknown.status, error(unknown.json)], [404, 'ConversationNotFound'])
    assert.deepEqual((entries('connector-call')[0]!.activity as { text: string }).text, 'hi')
    assert.equal((await bot.call('GET', 'v4/whatever')).status, 404)
    assert.equal(entries('connector-call')[1]!.path, '/v4/whatever')
  })

  it('collapses doubled slashes (C6) and decodes ids', async () => {
    const path = `/${bot.connector.prefix}//v3//conversations/${encodeURIComponent(c)}/activities/a%20b`
    assert.equal((await bot.call('POST', path, { text: 'hi' }, { from: 'root' })).status, 200)
    assert.equal(entries('activity-from-bot')[0]!.replyTo, 'a b')
  })

  it('updates and deletes what it has, and 404s what it has not (E5, E6)', async () => {
    const path = `v3/conversations/${c}/activities`
    const first = id((await bot.call('POST', path, { type: 'message', text: 'one' })).json)
    assert.deepEqual((await bot.call('PUT', `${path}/${first}`, { type: 'message', text: 'two' })).json, { id: first })
    assert.equal(bot.connector.conversations.get(c).activities.get(first)!.text, 'two')
    assert.deepEqual(await bot.call('DELETE', `${path}/${first}`).then(({ status, text }) => [status, text]), [200, ''])
    assert.equal((await bot.call('DELETE', `${path}/${first}`)).status, 404)
    assert.equal((await bot.call('PUT', `${path}/${first}`, {})).status, 404)
    assert.deepEqual(
      entries('activity-from-bot').map(({ via }) => via),
      ['send', 'update', 'delete']
    )
  })

  it('imports a history with its own times (E7)', async () => {
    const timestamp = '2020-01-02T03:04:05.000Z'
    const answer = await bot.call('POST', `v3/conversations/${c}/activities/history`, {
      activities: [{ type: 'message', id: 'old', text: 'then', timestamp }]
    })
    assert.equal(answer.status, 200)
    const [entry] = entries('activity-from-bot')
    assert.deepEqual([entry!.via, entry!.activityId, (entry!.activity as { timestamp: string }).timestamp], ['history', 'old', timestamp])
  })

  it('opens conversations for bots, with members in any shape (E1, R10), and lists them (E2)', async () => {
    const made = await bot.call('POST', 'v3/conversations', { bot: BOT, members: ['ann'], activity: { type: 'message', text: 'hello' } })
    const { id: there, serviceUrl, activityId } = made.json as Record<string, string>
    assert.deepEqual([made.status, serviceUrl], [201, bot.connector.serviceUrl])
    assert.ok(bot.connector.conversations.get(there!).activities.has(activityId!))
    const bare = await bot.call('POST', 'v3/conversations', { members: [USER, { id: 'bob' }] })
    assert.deepEqual(Object.keys(bare.json as object), ['id', 'serviceUrl'])
    assert.deepEqual(
      entries('bot-conversation').map(({ by }) => by),
      ['bot', 'bot']
    )
    const { conversations } = (await bot.call('GET', 'v3/conversations')).json as { conversations: unknown[] }
    assert.equal(conversations.length, 3)
    assert.equal((await bot.call('POST', 'v3/conversations', { members: [] })).status, 400)
  })

  it('tells the members at once, in pages, one by one, and of an activity (E8 to E12)', async () => {
    const conversation = bot.connector.conversations.get(c)
    for (const name of ['bob', 'cyd']) conversation.members.set(name, { id: name })
    const get = async (path: string) => (await bot.call('GET', `v3/conversations/${c}/${path}`)).json
    assert.deepEqual(await get('members'), [USER, { id: 'bob' }, { id: 'cyd' }])
    const page = (await get('pagedmembers?pageSize=2')) as { members: unknown[]; continuationToken: string }
    assert.deepEqual([page.members.length, page.continuationToken], [2, '2'])
    assert.deepEqual(await get(`pagedmembers?pageSize=2&continuationToken=${page.continuationToken}`), { members: [{ id: 'cyd' }] })
    assert.deepEqual(await get('members/bob'), { id: 'bob' })
    assert.equal(error(await get('members/nobody')), 'MemberNotFoundInConversation')
    const said = id((await bot.call('POST', `v3/conversations/${c}/activities`, { text: 'x' })).json)
    assert.equal(((await get(`activities/${said}/members`)) as unknown[]).length, 3)
    assert.equal((await bot.call('DELETE', `v3/conversations/${c}/members/bob`)).status, 200)
    assert.equal(error(await get('members/bob')), 'MemberNotFoundInConversation')
  })

  it('keeps uploaded files and gives them back as they were (E13 to E15)', async () => {
    const data = Buffer.from([0, 1, 2, 250])
    const upload = {
      type: 'image/png',
      name: 'dot.png',
      originalBase64: data.toString('base64'),
      thumbnailBase64: data.subarray(2).toString('base64')
    }
    const path = `v3/conversations/${c}/attachments`
    const file = id((await bot.call('POST', path, upload)).json)
    const views = [
      { viewId: 'original', size: 4 },
      { viewId: 'thumbnail', size: 2 }
    ]
    assert.deepEqual((await bot.call('GET', `v3/attachments/${file}`)).json, { name: 'dot.png', type: 'image/png', views })
    const got = await fetch(`${bot.connector.serviceUrl}/v3/attachments/${file}/views/original`)
    assert.deepEqual([got.headers.get('content-type'), Buffer.from(await got.arrayBuffer())], ['image/png', data])
    assert.equal((await bot.call('GET', `v3/attachments/${file}/views/large`)).status, 404)
    assert.equal((await bot.call('POST', path, { name: 'x', originalBase64: 'AA==' })).status, 400)
    assert.equal((await bot.call('POST', path, { type: 'x' })).status, 400)
    // What no header can hold is a type as well, for all that bots know.
    const odd = id((await bot.call('POST', path, { type: 'text/plain; name=“é”\n', originalBase64: 'AA==' })).json)
    const plain = await fetch(`${bot.connector.serviceUrl}/v3/attachments/${odd}/views/original`)
    assert.deepEqual([plain.status, plain.headers.get('content-type')], [200, 'application/octet-stream'])
  })

  it('keeps the state of v3 bots and shows their dialogs (E16, S1)', async () => {
    const path = `v3/botstate/emulator/conversations/${c}/users/ann`
    assert.deepEqual((await bot.call('GET', path)).json, { eTag: '*', data: null })
    const data = { 'BotBuilder.Data.SessionState': { callstack: [{ id: '*:/' }, { id: '*:booking' }, { id: 'BotBuilder:prompt-text' }] } }
    assert.deepEqual((await bot.call('POST', path, { eTag: '*', data })).json, { eTag: '*', data })
    assert.deepEqual((await bot.call('GET', path)).json, { eTag: '*', data })
    const [state] = entries('bot-state')
    assert.deepEqual([state!.conversationId, state!.stack], [c, ['/', 'booking', 'BotBuilder:prompt-text']])
    await bot.call('DELETE', 'v3/botstate/emulator/users/ann')
    assert.deepEqual((await bot.call('GET', path)).json, { eTag: '*', data: null })
  })

  it('answers for the token service exactly as emptily as it does (E17 to E24, T1, T3)', async () => {
    const answers: [string, string, number, string][] = [
      ['GET', 'api/usertoken/GetToken?userId=ann&connectionName=git', 404, ''],
      ['DELETE', 'api/usertoken/SignOut?userId=ann', 200, ''],
      ['GET', 'api/usertoken/GetTokenStatus?userId=ann', 200, '[]'],
      ['POST', 'api/usertoken/GetAadTokens', 200, '{}'],
      ['POST', 'api/usertoken/exchange?userId=ann', 404, ''],
      ['POST', 'api/usertoken/emulateOAuthCards?emulate=true', 200, ''],
      ['GET', 'api/botsignin/getsigninurl?state=x', 200, `${bot.connector.serviceUrl}/signin`],
      ['GET', 'api/botsignin/GetSignInResource?state=x', 200, JSON.stringify({ signInLink: `${bot.connector.serviceUrl}/signin` })]
    ]
    for (const [method, path, status, text] of answers) {
      const answer = await bot.call(method, path)
      assert.deepEqual([answer.status, answer.text], [status, text], path)
    }
    bot.connector.tokens.give('ann', 'git', 'secret')
    assert.equal(((await bot.call('GET', answers[0]![1])).json as { token: string }).token, 'secret')
  })

  it('has a handler for every method and path of the protocol', () => {
    assert.ok(routeOf('post', ['v3', 'conversations']) === undefined)
    assert.ok(routeOf('POST', ['V3', 'Conversations', 'x', 'Activities', 'y']))
  })

  it('refuses more than the quota with the time to wait, and counts anew after it (Q3)', async () => {
    await bot.connector.close()
    let now = 1_000_000
    await open({ now: () => now, preset: { ...PRESETS.msteams, quota: { calls: 2, perMs: 1000 } } })
    const send = () => bot.call('POST', `v3/conversations/${c}/activities`, { text: 'hi' })
    assert.deepEqual([(await send()).status, (await send()).status], [200, 200])
    const refused = await send()
    assert.deepEqual([refused.status, refused.headers['retry-after'], error(refused.json)], [429, '1', 'TooManyRequests'])
    now += 1000
    assert.equal((await send()).status, 200)
    assert.equal(entries('connector-call')[0]!.staged, true)
  })

  it('stages faults for the next calls, and keeps a message that it says it lost (F4)', async () => {
    const send = (reply = '') => bot.call('POST', `v3/conversations/${c}/activities${reply}`, { text: 'hi' })
    for (const answer of [401, 403, 404, 405, 413, 429, 500, 502] as const) {
      bot.connector.limits.stage([{ calls: 1, answer }])
      const failed = await send()
      assert.equal(failed.status, answer)
      assert.ok(error(failed.json))
    }
    assert.equal((await send()).status, 200)
    const before = entries('activity-from-bot').length
    bot.connector.limits.stage([{ calls: 1, answer: 'store-then-500' }])
    assert.equal((await send()).status, 500)
    assert.equal(entries('activity-from-bot').length, before + 1)
  })

  it('refuses for good to write to who removed or blocked the bot, and to strangers where contact is needed (Q1, Q2)', async () => {
    await bot.connector.close()
    await open({ preset: PRESETS.msteams })
    const send = () => bot.call('POST', `v3/conversations/${c}/activities`, { text: 'hi' })
    for (const [reach, code] of [
      ['removed', 'BotNotInConversationRoster'],
      ['blocked', 'MessageWritesBlocked']
    ] as const) {
      bot.connector.setReach('ann', reach)
      const refused = await send()
      assert.deepEqual([refused.status, error(refused.json)], [403, code])
    }
    bot.connector.setReach('ann', 'installed')
    assert.equal((await send()).status, 200)
    assert.equal((await bot.call('POST', 'v3/conversations', { members: [{ id: 'stranger' }] })).status, 403)
    assert.equal((await bot.call('POST', 'v3/conversations', { members: [USER] })).status, 201)
  })

  it('lets no bot open a conversation where the channel cannot (R11)', async () => {
    bot.connector.setPreset(PRESETS.webchat)
    assert.equal((await bot.call('POST', 'v3/conversations', { members: [USER] })).status, 405)
  })

  it('knows the SDK by its user agent', async () => {
    const agents = {
      v3: 'Microsoft-BotFramework/3.1 (BotBuilder Node.js/3.16.0)',
      v4: 'botframework-connector/4.0.0 Node.js,Version=v24 botframework-connector/4.23.3',
      agents: 'agents-sdk-js/1.8.1 nodejs/v24',
      other: 'Python-urllib/3.12'
    }
    for (const [sdk, agent] of Object.entries(agents)) {
      await bot.call('POST', `v3/conversations/${c}/activities`, { text: 'hi' }, { headers: { 'User-Agent': agent } })
      assert.equal(entries('activity-from-bot').at(-1)!.sdk, sdk)
    }
    assert.equal(SDKS.agents.retries, false)
  })
})
