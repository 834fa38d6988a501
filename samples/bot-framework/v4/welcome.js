// One greeting for each person, however the channel tells of them: with the bot, apart from it, with their first message, or not at all. In the last case
// the first message is answered with the greeting.
const { ActivityHandler } = require('botbuilder')
const { listen } = require('./cloud')

const greeted = new Set()

async function greet(context, id) {
  if (greeted.has(id)) return
  greeted.add(id)
  await context.sendActivity('Welcome!')
}

class WelcomeBot extends ActivityHandler {
  constructor() {
    super()
    this.onMembersAdded(async (context, next) => {
      for (const member of context.activity.membersAdded) {
        if (member.id !== context.activity.recipient.id) await greet(context, member.id)
      }
      await next()
    })
    this.onMessage(async (context, next) => {
      await greet(context, context.activity.from.id)
      await context.sendActivity(`You said “${context.activity.text}”.`)
      await next()
    })
  }
}

listen(new WelcomeBot())
