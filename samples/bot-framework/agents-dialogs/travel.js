// A booking that news interrupt, on the Microsoft 365 Agents SDK: the hotel's question is put on top of the running dialog, and the question before it is
// asked again afterwards. Dialogs are a package of their own there (@microsoft/agents-hosting-dialogs), of which there is none yet for versions 1 of the SDK.
const express = require('express')
const { ActivityHandler, CloudAdapter, ConversationState, MemoryStorage } = require('@microsoft/agents-hosting')
const { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } = require('@microsoft/agents-hosting-dialogs')

// Any id will do while nobody signs in, but not an empty one.
const APP_ID = process.env.clientId || 'local-bot'

const adapter = new CloudAdapter()
const state = new ConversationState(new MemoryStorage())
const dialogs = new DialogSet(state.createProperty('dialogs'))
const references = new Map()

dialogs.add(new TextPrompt('text'))
dialogs.add(
  new WaterfallDialog('book', [
    step => step.prompt('text', 'Where do you want to go?'),
    async step => {
      await step.context.sendActivity(`Booked: ${step.result}.`)
      return step.endDialog()
    }
  ])
)
dialogs.add(
  new WaterfallDialog('hotel', [
    step => step.prompt('text', 'The hotel in Las Vegas is 20 % cheaper today. Shall I reserve a room?'),
    async step => {
      await step.context.sendActivity(/^y/i.test(step.result) ? 'The room is reserved.' : 'I leave it, then.')
      return step.endDialog()
    }
  ])
)

class TravelBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const reference = context.activity.getConversationReference()
      references.set(reference.conversation.id, reference)
      const dc = await dialogs.createContext(context)
      const { status } = await dc.continueDialog()
      if (status === DialogTurnStatus.empty) await dc.beginDialog('book')
      await state.saveChanges(context)
      await next()
    })
  }
}

const bot = new TravelBot()
const server = express()
server.use(express.json())
server.post('/api/messages', (req, res) => adapter.process(req, res, context => bot.run(context)))
server.post('/api/price-drop', async (req, res) => {
  for (const reference of references.values()) {
    await adapter.continueConversation(reference, async context => {
      const dc = await dialogs.createContext(context)
      await dc.beginDialog('hotel')
      await state.saveChanges(context)
    })
  }
  res.json({ told: references.size })
})
server.listen(process.env.PORT || 3978)
