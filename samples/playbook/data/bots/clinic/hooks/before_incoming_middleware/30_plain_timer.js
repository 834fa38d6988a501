// A plain timer: it is gone when the server restarts.
if (event.type === 'remind-by-timer') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const to = { channel: event.channel, target: event.target, threadId: event.threadId, botId: event.botId }
  setTimeout(() => {
    bp.events.replyToEvent(to, [{ type: 'text', text: 'This is the timer.' }])
  }, 10 * 60 * 1000)
}
