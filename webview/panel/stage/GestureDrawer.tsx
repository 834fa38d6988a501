import { useState } from 'preact/hooks'
import type { PanelState } from '../../../src/protocol/panel.ts'
import type { Gesture as GestureMessage } from '../../../src/trace/stage-entries.ts'
import { Action, Choice, Group, TextField } from '../controls.tsx'
import { useStore } from '../use.ts'
import { playsOn } from './fitting.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'

type ElementAction = (typeof TEXTS.elementActions)[number][0]

/** What a visitor does, at hand: the page and its chat are asked to do it. */
export function GestureDrawer({ panel }: { panel: PanelState }) {
  const store = useStore()
  const [idle, setIdle] = useState('30')
  const [text, setText] = useState('')
  const [route, setRoute] = useState('')
  const act = (gesture: GestureMessage) => store.send({ kind: 'gesture', gesture })
  const submit = (action: () => void) => (event: Event) => {
    event.preventDefault()
    action()
  }
  return (
    <>
      <Group title={TEXTS.page}>
        <Action text={TEXTS.reload} onUse={() => act({ do: 'reload' })} />
        <Action text={TEXTS.leave} onUse={() => act({ do: 'leave' })} />
        <Action text={TEXTS.scrollHalf} onUse={() => act({ do: 'scroll', to: 50 })} />
        <Action text={TEXTS.scrollEnd} onUse={() => act({ do: 'scroll', to: 100 })} />
        <Action text={TEXTS.exitIntent} hint={TEXTS.exitIntentHint} onUse={() => act({ do: 'pointerLeaves', edge: 'top' })} />
        <Action text={TEXTS.hideTab} hint={TEXTS.hideTabHint} onUse={() => act({ do: 'hide' })} />
        <Action text={TEXTS.showTab} onUse={() => act({ do: 'show' })} />
        <form class="inline" onSubmit={submit(() => act({ do: 'idle', ms: Math.max(0, Number(idle) || 0) * 1000 }))}>
          <TextField label={TEXTS.idleFor} type="number" value={idle} onInput={setIdle} />
          <button type="submit" class="secondary">
            {TEXTS.idle}
          </button>
        </form>
        <form class="inline" onSubmit={submit(() => route.trim() && act({ do: 'navigate', to: route.trim() }))}>
          <TextField label={TEXTS.route} hint={TEXTS.routeHint} value={route} onInput={setRoute} />
          <button type="submit" class="secondary">
            {TEXTS.navigate}
          </button>
        </form>
      </Group>
      <OnElement act={act} isPicking={panel.picking === true} />
      <Group title={TEXTS.chat}>
        <Action text={TEXTS.openChat} onUse={() => act({ do: 'open' })} />
        <Action text={TEXTS.closeChat} onUse={() => act({ do: 'close' })} />
        {playsOn(panel) === 'botpress' && <Action text={TEXTS.resetChat} onUse={() => act({ do: 'reset' })} />}
        <form
          class="inline"
          onSubmit={submit(() => {
            if (!text.trim()) return
            act({ do: 'say', text })
            setText('')
          })}
        >
          <TextField label={TEXTS.sayHint} value={text} onInput={setText} />
          <button type="submit" class="secondary">
            {TEXTS.say}
          </button>
        </form>
      </Group>
    </>
  )
}

function OnElement({ act, isPicking }: { act(gesture: GestureMessage): void; isPicking: boolean }) {
  const store = useStore()
  const [selector, setSelector] = useState('')
  const [what, setWhat] = useState<ElementAction>('click')
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const use = (event: Event) => {
    event.preventDefault()
    const element = selector.trim()
    setProblem(element ? undefined : TEXTS.needsSelector)
    if (element) act(what === 'type' ? { do: 'type', into: element, text } : { do: what, selector: element })
  }
  const [, word] = TEXTS.elementActions.find(([id]) => id === what)!
  return (
    <Group title={TEXTS.element}>
      <form class="inline" onSubmit={use} noValidate>
        <TextField label={TEXTS.selector} hint={TEXTS.selectorHint} mono value={selector} problem={problem} onInput={setSelector} />
        <Choice label={TEXTS.does} value={what} options={TEXTS.elementActions} onChoose={value => setWhat(value as ElementAction)} />
        {what === 'type' && <TextField label={TEXTS.text} value={text} onInput={setText} />}
        <button type="submit" class="secondary">
          {word}
        </button>
      </form>
      <Action text={TEXTS.pick} hint={TEXTS.pickHint} pressed={isPicking} onUse={() => store.send({ kind: 'pick', on: !isPicking })} />
      {isPicking && <span class="hint">{TEXTS.picking}</span>}
    </Group>
  )
}
