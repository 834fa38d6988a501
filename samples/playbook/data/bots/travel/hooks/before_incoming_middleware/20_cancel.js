// Policy “cancel”: the visitor is told that the conversation ends, and another one begins.
const cancel = async () => {
  if (event.type !== 'price-drop-cancel') {
    return
  }

  if (event.state.context.currentNode) {
    await bp.events.replyToEvent(event, [{ type: 'text', text: 'I put your booking aside; say “book” to begin it again.' }], event.id)
  }
  event.state.session.pending = false
  await bp.dialog.jumpTo(bp.dialog.createId(event), event, 'hotel.flow.json', 'offer')
}

return cancel()
