// A global hook runs for every bot, before or after the bot's own hooks: only the file name decides, and 00_ comes first.
// It writes down what pages send, and changes nothing.
if (event.channel === 'web' && event.type !== 'text' && event.type !== 'visit') {
  bp.logger.forBot(event.botId).info('The page sent an event of type ' + event.type)
}
