// Whoever keeps still on the pricing page is offered help, once for each conversation.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const nudge = async () => {
  if (event.type !== 'pricing-idle') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.nudged) {
    return
  }

  event.state.session.nudged = true
  event.setFlag(FORCE_PERSIST_STATE, true)
  const text = 'Not sure which plan fits? Our pricing in one minute: shall I compare?'
  await bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
}

return nudge()
