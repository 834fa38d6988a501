// Cancel: the running dialog ends, with a word about it, and the news takes its place.
const { run } = require('../travel')

run({
  async onPriceDrop(context, dc, news) {
    if (dc.activeDialog) {
      await dc.cancelAllDialogs()
      await context.sendActivity('Something more important came up, so I stopped the booking. Say “book a trip” to begin it again.')
    }
    await dc.beginDialog('hotel', news)
  }
})
