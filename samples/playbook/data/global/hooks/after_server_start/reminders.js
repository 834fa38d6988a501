// Looks every minute whether a reminder is due. One that fell due while the server was down is sent once, when it is up again.
const sendDue = async () => {
  const store = bp.kvs.forBot('clinic')
  const reminders = (await store.get('reminders')) || []
  const due = reminders.filter(one => one.at <= Date.now())
  if (due.length === 0) {
    return
  }

  await store.set('reminders', reminders.filter(one => one.at > Date.now()))
  for (const { to, text } of due) {
    await bp.events.replyToEvent(to, [{ type: 'text', text }])
  }
}

setInterval(sendDue, 60 * 1000)
