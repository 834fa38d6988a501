// A field that is hard to fill gets one explanation each.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const HELP = {
  iban: 'The IBAN is printed on your bank card. It begins with two letters.',
  vat: 'The VAT number is on your last tax return. Private customers leave it empty.'
}

const help = async () => {
  if (event.type !== 'field-focused') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  const { field } = event.payload.payload.payload
  const { session } = event.state
  const helped = session.helped || []
  if (!HELP[field] || helped.includes(field)) {
    return
  }

  session.helped = [...helped, field]
  event.setFlag(FORCE_PERSIST_STATE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: HELP[field] }], event.id)
}

return help()
