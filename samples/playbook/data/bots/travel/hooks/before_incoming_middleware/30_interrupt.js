// Policy “interrupt”: the hotel first, then the question that was open is asked again.
const interrupt = async () => {
  if (event.type !== 'price-drop-interrupt') {
    return
  }

  event.state.session.pending = event.state.context.currentFlow === 'booking.flow.json'
  await bp.dialog.jumpTo(bp.dialog.createId(event), event, 'hotel.flow.json', 'offer')
}

return interrupt()
