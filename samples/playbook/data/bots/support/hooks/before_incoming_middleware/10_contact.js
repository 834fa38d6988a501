// The form needs no answer: its values wait in the session for the first question.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

if (event.type === 'contact-form' || event.type === 'contact-form-unsaved') {
  const { name, email, topic } = event.payload.payload.payload
  event.state.session.contact = { name, email, topic }
  event.setFlag(SKIP_DIALOG_ENGINE, true)

  // Without the flag nobody saves the session, because the dialog engine, which does, is skipped.
  if (event.type === 'contact-form') {
    event.setFlag(FORCE_PERSIST_STATE, true)
  }
}
