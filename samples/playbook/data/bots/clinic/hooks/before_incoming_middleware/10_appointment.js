// An appointment is kept in the store, with the moment of its reminder: the same local time on the day before.
// What waits in the store outlives a restart; what waits in a timer does not.
const appointment = async () => {
  if (event.type !== 'appointment' && event.type !== 'appointment-cancelled') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const { id, local, zone } = event.payload.payload.payload
  const store = bp.kvs.forBot(event.botId)
  const reminders = ((await store.get('reminders')) || []).filter(one => one.id !== id)
  if (event.type === 'appointment') {
    const to = { channel: event.channel, target: event.target, threadId: event.threadId, botId: event.botId }
    const text = `Your appointment is tomorrow at ${local.slice(11)}.`
    reminders.push({ id, to, text, at: dayBefore(local, zone) })
  }
  await store.set('reminders', reminders)
}

/** The moment, in ms, at which clocks of the zone show the same time on the day before. */
function dayBefore(local, zone) {
  const wanted = Date.parse(local + ':00Z') - 24 * 60 * 60 * 1000
  let at = wanted
  for (let round = 0; round < 2; round++) {
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))
    at += wanted - Date.parse(shown.replace(' ', 'T') + 'Z')
  }
  return at
}

return appointment()
