// The flag comes first, so nothing else answers when the rest fails.
const answer = async () => {
  if (event.type !== 'throws-late') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Your order is on its way.' }], event.id)
  throw new Error('The counter could not be written')
}

return answer()
