// pages/checkout.html sends this when a payment fails. The conversation jumps to the flow that helps.
const helpWithPayment = async () => {
  if (event.type !== 'payment-failed') {
    return
  }

  const sent = (event.payload.payload || {}).payload || {}
  event.state.session.paymentProblem = sent.reason || 'the bank gave no reason'
  await bp.dialog.jumpTo(bp.dialog.createId(event), event, 'checkout.flow.json', 'help')
}

return helpWithPayment()
