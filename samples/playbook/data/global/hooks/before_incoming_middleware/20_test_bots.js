// A global hook runs for every bot: one that is meant for some has to say so.
if (event.type === 'say-it-here' && event.botId === 'faulty') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Only here.' }], event.id)
}
