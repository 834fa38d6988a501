// So many nudges in a day and no more. A limit of zero is what “whenZero” says: no limit, or never.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags
const DAY = 24 * 60 * 60 * 1000

const nudge = async () => {
  if (event.type !== 'nudge') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  const { limit = 1, whenZero = 'never' } = event.payload.payload.payload || {}
  const { user } = event.state
  const recent = (user.nudges || []).filter(at => Date.now() - at < DAY)
  const isOver = limit === 0 ? whenZero === 'never' : recent.length >= limit
  if (isOver || user.dismissedUntil > Date.now()) {
    return
  }

  user.nudges = [...recent, Date.now()]
  event.setFlag(FORCE_PERSIST_STATE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Can I help you?' }], event.id)
}

return nudge()
