// Nothing is said between ten in the evening and eight in the morning of the visitor: it waits until eight, or is dropped.
const quietly = async () => {
  if (event.type !== 'nudge') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const { text, atNight, offset } = event.payload
  const local = new Date(Date.now() + offset * 60 * 60 * 1000)
  const hour = local.getUTCHours()
  if (hour >= 8 && hour < 22) {
    await bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
  } else if (atNight === 'wait') {
    const morning = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + (hour >= 22 ? 1 : 0), 8)
    const to = { channel: event.channel, target: event.target, threadId: event.threadId, botId: event.botId }
    const store = bp.kvs.forBot(event.botId)
    const reminders = (await store.get('reminders')) || []
    await store.set('reminders', [...reminders, { id: event.id, to, text, at: morning - offset * 60 * 60 * 1000 }])
  }
}

return quietly()
