// Whoever is about to leave the checkout gets one offer, unless they have ordered already.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const offer = async () => {
  if (event.type !== 'exit-intent' && event.type !== 'order-placed') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  event.setFlag(FORCE_PERSIST_STATE, true)
  const { session } = event.state
  if (event.type === 'order-placed') {
    session.ordered = true
    return
  }
  if (session.ordered || session.promoOffered) {
    return
  }

  session.promoOffered = true
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Before you go: free delivery with the code STAY.' }], event.id)
}

return offer()
