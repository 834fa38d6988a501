// News for everybody who is there: POST /api/broadcast sends to one after the other, waits as long as the channel says when it has had enough, and forgets
// who removed or blocked the bot.
const { ActivityHandler, TurnContext } = require('botbuilder')
const { continueConversation, listen, server } = require('./cloud')

const references = new Map()

class BroadcastBot extends ActivityHandler {
  constructor() {
    super()
    this.onConversationUpdate(async (context, next) => {
      const reference = TurnContext.getConversationReference(context.activity)
      references.set(reference.conversation.id, reference)
      await next()
    })
  }
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

async function send(id, reference, text) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      await continueConversation(reference, context => context.sendActivity(text))
      return true
    } catch (error) {
      if (error.statusCode === 403 || error.statusCode === 404) {
        references.delete(id)
        return false
      }
      await pause(1000 * 2 ** attempt)
    }
  }
  return false
}

server.post('/api/broadcast', async (req, res) => {
  // The caller does not wait: this takes a while.
  res.status(202).json({ planned: references.size })
  for (const [id, reference] of references) await send(id, reference, req.body?.text ?? 'News')
})

listen(new BroadcastBot())
