// Wait: while a dialog runs the notice is kept back; it is told when the dialog has ended, unless it expired meanwhile.
const { run } = require('../travel')

const kept = new Map()

const say = (context, { hotel }) => context.sendActivity(`While we were busy: ${hotel} is 20 % cheaper today.`)

run({
  async onPriceDrop(context, dc, news) {
    if (!dc.activeDialog) return say(context, news)
    const id = context.activity.conversation.id
    kept.set(id, [...(kept.get(id) ?? []), news])
  },
  async afterTurn(context, dc) {
    const id = context.activity.conversation.id
    if (dc.activeDialog || !kept.has(id)) return
    for (const news of kept.get(id)) {
      const isOver = news.expires !== undefined && Date.now() >= Date.parse(news.expires)
      if (!isOver) await say(context, news)
    }
    kept.delete(id)
  }
})
