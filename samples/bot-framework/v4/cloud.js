// What the other bots of this folder share: a web server, the adapter of today's SDK, and a guard for mistakes in a turn.
const express = require('express')
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

// Without an app id nobody has to sign in: that is how a bot runs on this computer.
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.onTurnError = async (context, error) => {
  // In a turn that the bot began itself nobody waits for an apology: whoever began it deals with the error.
  if (context.activity.name === 'ContinueConversation') throw error
  console.error(error)
  await context.sendActivity('Sorry, something went wrong.')
}

const server = express()
server.use(express.json())

/** Takes what the channel sends at the usual address, with `bot.run(context)` for each turn. */
function listen(bot) {
  server.post('/api/messages', (req, res) => adapter.process(req, res, context => bot.run(context)))
  server.listen(process.env.PORT || 3978)
}

/** A turn that the bot begins by itself. */
function continueConversation(reference, turn) {
  return adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, turn)
}

module.exports = { adapter, server, listen, continueConversation }
