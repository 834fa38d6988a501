// A mistake, kept as an example: the turn's context is used by a timer, when the turn is long over (BFP001). The SDK throws, and since nobody catches the
// error the process ends.
const { ActivityHandler } = require('botbuilder')
const { listen } = require('./cloud')

class LateBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await context.sendActivity('Working on it')
      // proactive-hooks-disable-next-line BFP001
      setTimeout(() => context.sendActivity('Done'), 5000)
      await next()
    })
  }
}

listen(new LateBot())
