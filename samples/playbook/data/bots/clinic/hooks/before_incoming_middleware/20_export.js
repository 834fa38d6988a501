// A job that takes long: it is accepted now, and told of when another system says how it ended. The same news twice is told once.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const report = async () => {
  if (event.type !== 'export-ended') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  const { job, ok } = event.payload
  const told = event.state.user.toldJobs || []
  if (told.includes(job)) {
    return
  }

  event.state.user.toldJobs = [...told, job]
  event.setFlag(FORCE_PERSIST_STATE, true)
  const text = ok ? `Your export “${job}” is ready.` : `Your export “${job}” failed. We are looking into it.`
  await bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
}

return report()
