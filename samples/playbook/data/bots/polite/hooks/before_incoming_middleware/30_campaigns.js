// One message for each campaign.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const campaign = async () => {
  if (event.type !== 'campaign') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  event.setFlag(FORCE_PERSIST_STATE, true)
  const { name } = event.payload.payload.payload
  await bp.events.replyToEvent(event, [{ type: 'text', text: `Campaign ${name}` }], event.id)
}

return campaign()
