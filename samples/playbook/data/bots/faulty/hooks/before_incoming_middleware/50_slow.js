// Correct, but slow: three seconds of work.
const work = async () => {
  if (event.type !== 'slow') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  await new Promise(resolve => setTimeout(resolve, 3000))
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Done after three seconds.' }], event.id)
}

return work()
