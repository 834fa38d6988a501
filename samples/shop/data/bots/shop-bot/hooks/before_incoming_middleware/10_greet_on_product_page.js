// pages/product.html sends this when the chat is ready to receive events.
if (event.type === 'proactive-trigger' && event.channel === 'web') {
  if (event.state.session.lastMessages.length) {
    // This conversation has begun already: a page that loads anew must not move it.
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  } else {
    // What the page gave to sendEvent is nested: its own `payload` is the third one.
    const sent = (event.payload.payload || {}).payload || {}

    // No flag is set, so the dialog engine runs: it says the first words of the main flow and saves the session.
    event.state.session.product = sent.product || 'things in our shop'
  }
}
