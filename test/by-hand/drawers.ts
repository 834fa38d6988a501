/** In which drawer of the panel a control lies, by the words that stand on it. */

export const DRAWERS = {
  Visitor: ['Same session', 'Session expired', 'New conversation', 'Another visitor', 'Another tab', 'Of the browser', 'Set', 'Sign in'],
  Clock: ['Virtual clock', 'Play', 'Pause', 'Step', 'Speed', '+1 s', '+30 s', '+10 min', '+1 h', '+1 day', 'Let pass', 'Go to', 'Begin at'],
  Trouble: ['Delay', 'Lost', 'Order', 'Handshake', 'Server', 'throws an error', 'never ends', 'is slow', 'Bots', 'Restart the server'],
  Gestures: [
    'Reload',
    'Leave',
    'Scroll to half',
    'Scroll to end',
    'Exit intent',
    'Idle',
    'Go there',
    'Click',
    'Focus',
    'Leave it',
    'Type',
    'Submit',
    'Open',
    'Close',
    'Say'
  ],
  State: ['Put there'],
  Run: ['Last event', 'Whole run', 'In the other order', 'play the last event again', 'play the whole run again', 'Save as scenario']
} as const

export type Drawer = keyof typeof DRAWERS

/** @throws when no drawer has it */
export function drawerOf(control: string): Drawer {
  const found = Object.entries(DRAWERS).find(([, controls]) => (controls as readonly string[]).includes(control))
  if (!found) throw new Error(`No drawer has “${control}”.`)
  return found[0] as Drawer
}
