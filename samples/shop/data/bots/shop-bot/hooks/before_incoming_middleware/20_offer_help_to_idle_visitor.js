// pages/pricing.html sends this after 30 seconds without a move. The hook answers by itself.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const offerHelp = async () => {
  if (event.type !== 'idle-visitor') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.helpOffered) {
    return
  }

  // Without FORCE_PERSIST_STATE this would be forgotten, because the dialog engine, which saves the state, is skipped.
  event.state.session.helpOffered = true
  event.setFlag(FORCE_PERSIST_STATE, true)

  const seconds = event.payload.payload.payload.seconds
  const text = `Still comparing after ${seconds} seconds? The Plus plan pays off from three orders a month.`
  const payloads = await bp.cms.renderElement('builtin_text', { text, typing: true }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
}

// A hook is awaited only when it returns its promise.
return offerHelp()
