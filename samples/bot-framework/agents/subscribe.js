// Subscribe, be notified, and be asked from outside: the same bot on the Microsoft 365 Agents SDK. "subscribe" notifies after NOTIFY_MS (2 seconds);
// GET or POST /api/notify writes to all who subscribed; "meet me elsewhere" opens a conversation of its own.
const express = require('express')
const { AgentApplication, CloudAdapter, MemoryStorage, authorizeJWT } = require('@microsoft/agents-hosting')

// Any id will do while nobody signs in, but not an empty one.
const APP_ID = process.env.clientId || 'local-bot'

const adapter = new CloudAdapter()
const app = new AgentApplication({ adapter, storage: new MemoryStorage() })
const references = new Map()

app.onMessage('subscribe', async context => {
  const reference = context.activity.getConversationReference()
  references.set(reference.conversation.id, reference)
  await context.sendActivity('Thank You! We will message you shortly.')
  setTimeout(() => notify(reference, 'You have been notified'), Number(process.env.NOTIFY_MS || 2000))
})

app.onMessage(/elsewhere/i, async context => {
  const { channelId, serviceUrl, recipient, from } = context.activity
  const parameters = { isGroup: false, bot: recipient, agent: recipient, members: [from] }
  await adapter.createConversationAsync(APP_ID, channelId, serviceUrl, 'https://api.botframework.com', parameters, async inThere => {
    await inThere.sendActivity('Here we are among ourselves.')
  })
  await context.sendActivity('I have opened another conversation.')
})

app.onActivity('message', async context => {
  await context.sendActivity("Say 'subscribe' to start proactive message")
})

async function notify(reference, text) {
  await adapter.continueConversation(APP_ID, reference, async context => {
    await context.sendActivity(text)
  })
}

async function notifyAll(req, res) {
  for (const reference of references.values()) await notify(reference, req.body?.text ?? 'Something happened outside.')
  res.json({ sent: references.size })
}

const server = express()
server.use(express.json())
server.get('/api/notify', notifyAll)
server.post('/api/notify', notifyAll)
server.post('/api/messages', (req, res) => adapter.process(req, res, context => app.run(context)))
server.listen(process.env.PORT || 3978)
