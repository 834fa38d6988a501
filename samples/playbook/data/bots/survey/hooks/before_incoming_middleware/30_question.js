// The dialog engine is skipped, and the answer of the questions and answers comes all the same: they need a flag of their own.
if (event.type === 'page-question') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
}
