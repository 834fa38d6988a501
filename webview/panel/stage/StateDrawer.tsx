import { useEffect, useState } from 'preact/hooks'
import type { FromPanel, PanelState } from '../../../src/protocol/panel.ts'
import { Action, Group, Switch, TextField } from '../controls.tsx'
import { parseObject } from '../json.ts'
import { useStore } from '../use.ts'
import { nodesSeen } from './seen.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'

type Part = keyof typeof TEXTS.parts
type Stored = { sessionId: string } & Record<Part | 'context', Record<string, unknown>>
type Write = Omit<FromPanel & { kind: 'writeState' }, 'kind'>

/** What is stored of the shown visitor's conversation, to be read and written by hand; and where its flow stands. */
export function StateDrawer({ panel }: { panel: PanelState }) {
  const store = useStore()
  const answer = store.stored
  const isOwn = answer !== undefined && answer.visitorId === panel.visitorId && answer.botId === panel.botId
  const read = () => store.send({ kind: 'readState' })
  useEffect(() => {
    if (panel.status === 'ready') read()
  }, [panel.visitorId, panel.botId, panel.status])
  const name = panel.visitors.find(visitor => visitor.id === panel.visitorId)?.name ?? panel.visitorId
  if (!answer || !isOwn) {
    return (
      <div class="row">
        <span class="hint">{TEXTS.reading}</span>
        <Action text={TEXTS.readAgain} onUse={read} />
      </div>
    )
  }
  const write = (change: Write) => {
    store.send({ kind: 'writeState', ...change })
    store.announce(TEXTS.saved)
  }
  return (
    <>
      <div class="row">
        <span class="hint">{TEXTS.storedOf(name, answer.botId)}</span>
        <Action text={TEXTS.readAgain} onUse={read} />
      </div>
      <Position stored={answer.stored as Stored} onWrite={write} />
      {(Object.keys(TEXTS.parts) as Part[]).map(part => (
        <StatePart key={part} part={part} value={(answer.stored as Stored)[part]} onWrite={write} />
      ))}
    </>
  )
}

/** One part as JSON. What was changed elsewhere replaces it unless it is being edited. */
function StatePart({ part, value, onWrite }: { part: Part; value: Record<string, unknown>; onWrite(change: Write): void }) {
  const pretty = JSON.stringify(value ?? {}, null, 2)
  const [draft, setDraft] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const text = draft ?? pretty
  const save = () => {
    const read = parseObject(text)
    setProblem(read.problem)
    if (!read.value) return
    onWrite({ [part]: read.value })
    setDraft(undefined)
  }
  return (
    <Group title={TEXTS.parts[part]}>
      <TextField
        label={TEXTS.parts[part]}
        bare
        mono
        rows={Math.min(10, Math.max(2, text.split('\n').length))}
        value={text}
        problem={problem}
        onInput={value => {
          setDraft(value)
          if (problem) setProblem(parseObject(value).problem)
        }}
      />
      <Action text={TEXTS.save} disabled={draft === undefined || draft === pretty} onUse={save} />
    </Group>
  )
}

function Position({ stored, onWrite }: { stored: Stored; onWrite(change: Write): void }) {
  const store = useStore()
  const { currentFlow, currentNode } = stored.context as { currentFlow?: string; currentNode?: string }
  const [flow, setFlow] = useState<string>()
  const [node, setNode] = useState<string>()
  const [waiting, setWaiting] = useState(true)
  const seen = nodesSeen(store.entries)
  const [toFlow, toNode] = [flow ?? currentFlow ?? '', node ?? currentNode ?? '']
  const put = (event: Event) => {
    event.preventDefault()
    if (!toFlow.trim() || !toNode.trim()) return
    onWrite({ context: { currentFlow: toFlow.trim(), currentNode: toNode.trim() }, waiting })
    setFlow(undefined)
    setNode(undefined)
  }
  return (
    <Group title={TEXTS.position}>
      <p class="hint">{currentFlow && currentNode ? TEXTS.atNode(currentFlow, currentNode) : TEXTS.nowhere}</p>
      <form class="inline" onSubmit={put}>
        <TextField
          label={TEXTS.flow}
          hint={TEXTS.flowHint}
          value={toFlow}
          options={[...new Set(seen.map(one => one.flow))]}
          onInput={setFlow}
        />
        <TextField
          label={TEXTS.node}
          hint={TEXTS.nodeHint}
          value={toNode}
          options={seen.filter(one => !toFlow || one.flow === toFlow).map(one => one.node)}
          onInput={setNode}
        />
        <Switch text={TEXTS.waits} on={waiting} onTurn={setWaiting} />
        <button type="submit" class="secondary">
          {TEXTS.setPosition}
        </button>
      </form>
    </Group>
  )
}
