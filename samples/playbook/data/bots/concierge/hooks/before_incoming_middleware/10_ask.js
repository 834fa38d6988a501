// Questions of other systems: the next one is asked when the last one was answered.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const ask = async () => {
  const { session } = event.state
  const questions = session.questions || []
  if (event.type === 'question') {
    event.setFlag(SKIP_DIALOG_ENGINE, true)
    event.setFlag(FORCE_PERSIST_STATE, true)
    session.questions = [...questions, event.payload.text]
    if (questions.length > 0) {
      return
    }
  } else if (event.type === 'text' && questions.length > 0) {
    event.setFlag(SKIP_DIALOG_ENGINE, true)
    event.setFlag(FORCE_PERSIST_STATE, true)
    session.questions = questions.slice(1)
    await bp.events.replyToEvent(event, [{ type: 'text', text: 'Noted: ' + event.preview }], event.id)
  } else {
    return
  }

  const [next] = session.questions
  if (next) {
    await bp.events.replyToEvent(event, [{ type: 'text', text: next }], event.id)
  }
}

return ask()
