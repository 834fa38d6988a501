import { useState } from 'preact/hooks'
import type { PanelState, VisitorCommand } from '../../../src/protocol/panel.ts'
import { Action, Choice, Group, TextField } from '../controls.tsx'
import { parseObject } from '../json.ts'
import { useStore } from '../use.ts'
import { playsOn } from './fitting.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'

const LANGUAGES = ['en', 'fr', 'de', 'es', 'pt', 'ja']

/** Who visits, and how they come back. */
export function VisitorDrawer({ panel }: { panel: PanelState }) {
  const store = useStore()
  const shown = panel.visitors.find(visitor => visitor.id === panel.visitorId)
  const act = (command: VisitorCommand) => store.send({ kind: 'visitor', command })
  const [attributes, setAttributes] = useState(JSON.stringify(shown?.attributes ?? { first_name: 'Ann' }, null, 2))
  const [problem, setProblem] = useState<string>()
  const [other, setOther] = useState('')
  const signIn = () => {
    const read = parseObject(attributes)
    setProblem(read.problem)
    if (read.value) act({ do: 'signIn', attributes: read.value })
  }
  const plays = playsOn(panel)
  const names = [...new Set([...LANGUAGES, ...(shown?.language ? [shown.language] : [])])]
  return (
    <>
      <Group title={TEXTS.comesBack}>
        <Action text={TEXTS.returns} hint={TEXTS.returnsHint} onUse={() => act({ do: 'return' })} />
        {plays === 'botpress' && (
          <>
            <Action text={TEXTS.expired} hint={TEXTS.expiredHint} onUse={() => act({ do: 'expire' })} />
            <Action text={TEXTS.newConversation} hint={TEXTS.newConversationHint} onUse={() => act({ do: 'newConversation' })} />
          </>
        )}
        {plays !== 'botpress' && <span class="hint">{TEXTS.noSession[plays]}</span>}
      </Group>
      <Group title={TEXTS.who}>
        <Action text={TEXTS.another} hint={TEXTS.anotherHint} onUse={() => act({ do: 'add' })} />
        <Action text={TEXTS.anotherTab} hint={TEXTS.anotherTabHint} onUse={() => act({ do: 'openTab' })} />
        {panel.visitors.length > 1 && shown && (
          <Action text={TEXTS.remove(shown.name)} onUse={() => act({ do: 'remove', visitorId: shown.id })} />
        )}
      </Group>
      {plays !== 'bot' && (
        <Group title={TEXTS.language}>
          <Choice
            label={TEXTS.browserLanguage}
            value={shown?.language ?? ''}
            options={[['', TEXTS.languageOwn], ...names.map(name => [name, languageName(name)] as const)]}
            onChoose={language => act({ do: 'language', ...(language && { language }) })}
          />
          <form
            class="inline"
            onSubmit={event => {
              event.preventDefault()
              if (other.trim()) act({ do: 'language', language: other.trim() })
            }}
          >
            <TextField label={TEXTS.languageOther} value={other} onInput={setOther} />
            <button type="submit" class="secondary">
              {TEXTS.setLanguage}
            </button>
          </form>
        </Group>
      )}
      {plays === 'botpress' && (
        <Group title={shown?.attributes ? `${TEXTS.account} (${TEXTS.signedIn})` : TEXTS.account}>
          <TextField label={TEXTS.attributes} value={attributes} rows={3} mono problem={problem} onInput={setAttributes} />
          <Action text={TEXTS.signIn} hint={TEXTS.signInHint} onUse={signIn} />
        </Group>
      )}
    </>
  )
}

/** `French (fr)`; the tag alone where the browser knows no name. */
function languageName(tag: string): string {
  const name = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'none' }).of(tag)
  return name ? `${name} (${tag})` : tag
}
