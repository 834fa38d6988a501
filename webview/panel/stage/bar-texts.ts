/** The sentences of the bar above the page; those of its drawers are fetched with them. */
export const BAR_TEXTS = {
  stage: 'Stage',
  drawers: { visitor: 'Visitor', clock: 'Clock', trouble: 'Trouble', gesture: 'Gestures', state: 'State', run: 'Run' },
  hints: {
    visitor: 'Who visits: new, returning, session expired, signed in, language, tabs',
    clock: 'Time under control: play, pause, step, move on',
    trouble: 'Make the network, the server or a hook fail',
    gesture: 'Do as a visitor does: scroll, leave, idle, submit',
    state: 'What is stored of the visitor, and where the conversation stands',
    run: 'Play again, compare, keep as a scenario, export'
  },
  troubles: (n: number) => (n === 1 ? 'trouble' : 'troubles'),
  live: { event: 'event', run: 'run' },
  onSave: 'on save'
} as const
