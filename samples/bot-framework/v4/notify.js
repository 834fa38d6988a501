// An outside system triggers a message: GET or POST /api/notify writes to everybody who has talked to the bot, one after the other. Who removed or
// blocked the bot is forgotten at the first refusal, until they talk to it again.
const { ActivityHandler, TurnContext } = require('botbuilder')
const { continueConversation, listen, server } = require('./cloud')

// By conversation, so that nobody is notified twice. In memory: gone when the bot restarts.
const references = new Map()

class NotifyBot extends ActivityHandler {
  constructor() {
    super()
    this.onConversationUpdate(async (context, next) => {
      remember(context)
      await next()
    })
    this.onMessage(async (context, next) => {
      remember(context)
      await context.sendActivity(`You said “${context.activity.text}”. Call /api/notify and I will write to you.`)
      await next()
    })
  }
}

function remember(context) {
  const reference = TurnContext.getConversationReference(context.activity)
  references.set(reference.conversation.id, reference)
}

async function notify(req, res) {
  const text = req.body?.text ?? 'Something happened outside.'
  const failed = []
  for (const [id, reference] of references) {
    try {
      await continueConversation(reference, context => context.sendActivity(text))
    } catch (error) {
      if (error.statusCode === 403) references.delete(id)
      failed.push({ id, status: error.statusCode })
    }
  }
  res.json({ sent: references.size, failed })
}

server.get('/api/notify', notify)
server.post('/api/notify', notify)
listen(new NotifyBot())
