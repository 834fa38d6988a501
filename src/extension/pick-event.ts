import type * as vscode from 'vscode'
import type { PanelState } from '../protocol/panel.ts'
import { type EventChoice, type EventToSend, eventAsText, eventChoices, parseEvent } from './event-choice.ts'
import type { VSCode } from './feature.ts'

/**
 * Asks which event to send. The answer is remembered in the workspace and offered first next time.
 *
 * @param about what it is remembered for: a hook's path, or nothing for events sent without one
 */
export async function pickEvent(
  vscode: VSCode,
  memory: vscode.Memento,
  known: PanelState['knownEvents'],
  title: string,
  about = ''
): Promise<EventToSend | undefined> {
  const key = `lastEvent/${about}`
  const last = memory.get<EventToSend>(key)
  const choices = eventChoices(known, last, vscode.l10n.t('sent last'))
  const write = { label: `$(edit) ${vscode.l10n.t('Write another event…')}`, alwaysShow: true }
  const edit = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Change it before it is sent') }
  const items = [...choices.map(choice => ({ ...itemOf(choice), choice, buttons: [edit] })), write]

  const picked = await new Promise<{ choice?: EventChoice; change?: boolean } | undefined>(resolve => {
    const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { choice?: EventChoice }>()
    Object.assign(pick, {
      title,
      items,
      matchOnDescription: true,
      placeholder: vscode.l10n.t('An event, or “Write another event…” for JSON')
    })
    pick.onDidAccept(() => finish(pick.selectedItems[0]))
    pick.onDidTriggerItemButton(({ item }) => finish({ ...item, change: true }))
    pick.onDidHide(() => finish(undefined))
    pick.show()
    function finish(answer: { choice?: EventChoice; change?: boolean } | undefined) {
      resolve(answer)
      pick.dispose()
    }
  })
  if (!picked) return undefined
  const event = picked.choice && !picked.change ? picked.choice : await writeEvent(vscode, picked.choice ?? last, title)
  if (!event) return undefined
  const answer = { type: event.type, payload: event.payload }
  await memory.update(key, answer)
  return answer
}

function itemOf({ type, payload, from }: EventChoice): vscode.QuickPickItem {
  const text = JSON.stringify(payload) ?? ''
  return {
    label: type,
    description: from,
    ...(text !== '' && text !== '{}' && { detail: text.length > 160 ? `${text.slice(0, 159)}…` : text })
  }
}

async function writeEvent(vscode: VSCode, start: EventToSend | undefined, title: string): Promise<EventToSend | undefined> {
  const reasons = {
    empty: vscode.l10n.t('Write an event, or its type.'),
    'not-json': vscode.l10n.t('This is not JSON yet.'),
    'no-type': vscode.l10n.t('An event needs a “type”.')
  }
  const text = await vscode.window.showInputBox({
    title,
    value: eventAsText(start),
    prompt: vscode.l10n.t('The event as JSON: its type, and as payload what the hook finds in event.payload; or just its type'),
    ignoreFocusOut: true,
    validateInput: value => {
      const parsed = parseEvent(value)
      return typeof parsed === 'string' ? reasons[parsed] : undefined
    }
  })
  const parsed = text === undefined ? undefined : parseEvent(text)
  return typeof parsed === 'object' ? parsed : undefined
}
