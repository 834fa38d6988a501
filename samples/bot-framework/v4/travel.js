// A bot that books trips, and hears now and then that a hotel somebody watches has become cheaper. What it does with the news while a booking is
// under way is the policy, one file each below policies/.
const { ActivityHandler, ConversationState, MemoryStorage, TurnContext } = require('botbuilder')
const { DateTimePrompt, DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } = require('botbuilder-dialogs')
const { continueConversation, listen, server } = require('./cloud')

const state = new ConversationState(new MemoryStorage())
const dialogs = new DialogSet(state.createProperty('dialogs'))
const references = new Map()

dialogs.add(new TextPrompt('text'))
dialogs.add(new DateTimePrompt('date'))

dialogs.add(
  new WaterfallDialog('book', [
    step => step.prompt('text', 'Where do you want to go?'),
    step => {
      step.values.city = step.result
      return step.prompt('date', {
        prompt: 'When do you want to leave?',
        retryPrompt: 'I do not understand that as a date. When do you want to leave?'
      })
    },
    async step => {
      await step.context.sendActivity(`Booked: ${step.values.city}, ${step.result[0].timex}.`)
      return step.endDialog()
    }
  ])
)

dialogs.add(
  new WaterfallDialog('hotel', [
    step => step.prompt('text', `${step.options.hotel} is 20 % cheaper today. Shall I reserve a room?`),
    async step => {
      await step.context.sendActivity(/^y/i.test(step.result) ? 'The room is reserved.' : 'I leave it, then.')
      return step.endDialog()
    }
  ])
)

/**
 * Runs the bot.
 *
 * @param onPriceDrop what to do with the news: called in a turn that the bot began, with the dialogs of the conversation. State is saved after it
 * @param afterTurn called at the end of each turn of the visitor's
 */
function run({ onPriceDrop, afterTurn = async () => {} }) {
  class TravelBot extends ActivityHandler {
    constructor() {
      super()
      this.onMessage(async (context, next) => {
        const reference = TurnContext.getConversationReference(context.activity)
        references.set(reference.conversation.id, reference)
        const dc = await dialogs.createContext(context)
        const { status } = await dc.continueDialog()
        if (status === DialogTurnStatus.empty) {
          if (/book/i.test(context.activity.text)) await dc.beginDialog('book')
          else await context.sendActivity("Say 'book a trip'.")
        }
        await afterTurn(context, dc)
        await state.saveChanges(context)
        await next()
      })
    }
  }

  server.post('/api/price-drop', async (req, res) => {
    const news = { hotel: req.body?.hotel ?? 'The hotel in Las Vegas', expires: req.body?.expires }
    for (const reference of references.values()) {
      await continueConversation(reference, async context => {
        const dc = await dialogs.createContext(context)
        await onPriceDrop(context, dc, news)
        await state.saveChanges(context)
      })
    }
    res.json({ told: references.size })
  })
  listen(new TravelBot())
}

module.exports = { run }
