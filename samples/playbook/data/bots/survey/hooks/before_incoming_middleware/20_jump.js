// jumpTo looks at the event alone, whatever is given as the session (BPH030). With the dialog engine skipped nothing goes there.
const jump = async () => {
  if (event.type === 'jump' || event.type === 'jump-and-skip') {
    await bp.dialog.jumpTo(event.target, event, 'main.flow.json', 'thanks')
  }
  if (event.type === 'jump-and-skip') {
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  }
}

return jump()
