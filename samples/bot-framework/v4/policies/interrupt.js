// Interrupt and resume: the hotel's question is put on top of the running dialog; when it is answered, the question before it is asked again. A second
// notice takes the place of one that was not answered yet, so that there is never more than one question of ours open.
const { run } = require('../travel')

run({
  async onPriceDrop(context, dc, news) {
    const before = dc.stack.findIndex(({ id }) => id === 'hotel')
    if (before >= 0) dc.stack.splice(before)
    await dc.beginDialog('hotel', news)
  }
})
