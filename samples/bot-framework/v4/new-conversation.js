// The bot opens a conversation of its own: "meet me elsewhere" leads to a thread beside the one that it was said in.
const { ActivityHandler } = require('botbuilder')
const { adapter, listen } = require('./cloud')

class ElsewhereBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      if (!/elsewhere/i.test(context.activity.text)) {
        await context.sendActivity("Say 'meet me elsewhere'.")
        return next()
      }
      const { channelId, serviceUrl, recipient, from } = context.activity
      const parameters = { isGroup: false, bot: recipient, members: [from] }
      await adapter.createConversationAsync(process.env.MicrosoftAppId ?? '', channelId, serviceUrl, undefined, parameters, async inThere => {
        await inThere.sendActivity('Here we are among ourselves.')
      })
      await context.sendActivity('I have opened another conversation.')
      await next()
    })
  }
}

listen(new ElsewhereBot())
