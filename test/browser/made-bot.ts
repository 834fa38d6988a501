/** A bot without an SDK that shows all that a chat has to show. */
export const BOT = `
const http = require('node:http')
let last
const call = (method, activity, path, body) => fetch(activity.serviceUrl + '/v3/conversations' + path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then(r => r.text()).then(t => t && JSON.parse(t))
const say = (a, body, reply = a.id) => call('POST', a, '/' + a.conversation.id + '/activities' + (reply ? '/' + reply : ''), { type: 'message', from: a.recipient, ...body })
const adaptive = { type: 'AdaptiveCard', version: '1.3', body: [{ type: 'TextBlock', text: 'Pick a size' }], actions: [{ type: 'Action.Submit', title: 'Large', data: { size: 'L' } }] }
const hero = { title: 'A hero', text: 'with words', buttons: [{ type: 'imBack', title: 'Take it', value: 'I take it' }] }
async function turn(a) {
  if (a.type === 'conversationUpdate' && a.membersAdded?.some(m => m.id !== a.recipient.id)) return say(a, { text: 'Welcome' })
  if (a.type === 'event') return say(a, { text: 'Event ' + a.name })
  if (a.type !== 'message') return
  last = a
  if (a.value) return say(a, { text: 'Size ' + a.value.size })
  if (a.text === 'cards') return say(a, { attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: hero }, { contentType: 'application/vnd.microsoft.card.adaptive', content: adaptive }] })
  if (a.text === 'suggest') return say(a, { text: 'Which?', inputHint: 'expectingInput', suggestedActions: { actions: [{ type: 'imBack', title: 'Red', value: 'red' }] } })
  if (a.text === 'change') { const { id } = await say(a, { text: 'first' }); await call('PUT', a, '/' + a.conversation.id + '/activities/' + id, { type: 'message', text: 'second' }) ; return }
  if (a.text === 'delete') { const { id } = await say(a, { text: 'gone' }); await call('DELETE', a, '/' + a.conversation.id + '/activities/' + id); return }
  if (a.text === 'elsewhere') return call('POST', a, '', { bot: a.recipient, members: [a.from], activity: { type: 'message', text: 'Here' } })
  return say(a, { text: 'You said <b>' + a.text + '</b>' })
}
http.createServer((req, res) => {
  let text = ''
  req.on('data', d => (text += d)).on('end', async () => {
    if (req.url === '/api/notify') { if (last) await say(last, { text: 'The price dropped. Do you want it?' }, ''); return res.end(last ? '1' : '0') }
    await turn(JSON.parse(text))
    res.end()
  })
}).listen(process.env.PORT)
`
