import type { PanelState } from '../../../src/protocol/panel.ts'
import type { Saved } from '../saved.ts'

/** Whose chat is on the page that is shown: decides which controls have something to act on. */
export type Plays = NonNullable<PanelState['pages'][number]['plays']>

export function playsOn(panel: PanelState): Plays {
  return panel.pages.find(({ id }) => id === panel.page)?.plays ?? 'botpress'
}

/** Why a drawer, or *Send event*, has nothing to act on. What stands nowhere here works for all. */
export const UNFIT: Record<Plays, Partial<Record<NonNullable<Saved['drawer']> | 'send', string>>> = {
  botpress: {},
  voiceflow: {
    send: 'Events go to Botpress bots. What proactive messages this page shows, its script pushes itself.',
    trouble: 'Voiceflow’s bubbles come from the page itself: no server or hook is asked that could fail.',
    state: 'Voiceflow keeps the state of its agents itself, and the simulator plays no agent.'
  },
  bot: {
    send: 'Events go to Botpress bots. This bot gets activities: see Happenings and Triggers in its chat.',
    trouble: 'What goes wrong for this bot is staged in its chat, under Channel: refusals, quotas, users who cannot be reached.',
    gesture:
      'There is no page round this chat. Write to the bot in the chat; everything else that can happen to it stands there under Happenings and Triggers.',
    state: 'What the bot keeps it keeps itself. Its dialogs, before and after each proactive message, stand in the chat under Dialogs.'
  }
}
