import { useEffect, useRef, useState } from 'preact/hooks'
import { MOST_AT_ONCE } from '../../src/protocol/limits.ts'
import type { PanelState } from '../../src/protocol/panel.ts'
import { Switch, TextField } from './controls.tsx'
import { type Field, fieldsOf, withField } from './fields.ts'
import { Icon } from './Icon.tsx'
import { parseJson } from './json.ts'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

interface Problems {
  type?: string
  payload?: string
  times?: string
}

/** An event written by hand. The draft outlives the panel. */
export function SendForm({ panel }: { panel: PanelState }) {
  const store = useStore()
  const { draft } = store.saved
  const [problems, setProblems] = useState<Problems>({})
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])

  // What is drawn may be a moment behind what was typed: handlers ask the store.
  const change = (part: Partial<typeof draft>) => store.update({ draft: { ...store.saved.draft, ...part } })
  const close = () => {
    change({ open: false })
    document.querySelector<HTMLElement>('.gesture[aria-expanded]')?.focus()
  }
  const chooseType = (type: string) => {
    const { draft } = store.saved
    const known = panel.knownEvents.find(event => event.type === type)
    const untouched =
      draft.payload.trim() === '' ||
      draft.payload.trim() === '{}' ||
      panel.knownEvents.some(event => pretty(event.payload) === draft.payload)
    change(known && untouched ? { type, payload: pretty(known.payload) } : { type })
    if (problems.type) setProblems({ ...problems, type: undefined })
  }
  const send = (event: Event) => {
    event.preventDefault()
    const { draft } = store.saved
    const { value, problem } = parseJson(draft.payload)
    const times = Number(draft.times)
    const isCount = Number.isInteger(times) && times >= 1 && times <= MOST_AT_ONCE
    const found: Problems = {
      ...(draft.type.trim() === '' && { type: TEXTS.typeMissing }),
      ...(problem && { payload: problem }),
      ...(!isCount && { times: TEXTS.timesWrong(MOST_AT_ONCE) })
    }
    setProblems(found)
    const [first] = Object.keys(found)
    if (first !== undefined) {
      document.getElementById(`send-${first}`)?.focus()
      return
    }
    store.send({ kind: 'send', type: draft.type.trim(), payload: value, ...(times > 1 && { times }) })
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
  }
  return (
    <form class="send" aria-label={TEXTS.send} onSubmit={send} onKeyDown={keys} noValidate>
      <div class="field">
        <label for="send-type">{TEXTS.type}</label>
        <input
          id="send-type"
          ref={first}
          list="send-types"
          value={draft.type}
          placeholder={TEXTS.typeHint}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={problems.type !== undefined}
          aria-describedby="send-type-problem"
          onInput={event => chooseType(event.currentTarget.value)}
        />
        <datalist id="send-types">
          {panel.knownEvents.map(event => (
            <option key={event.type} value={event.type} label={TEXTS.seenIn(event.from)} />
          ))}
        </datalist>
        <Problem id="send-type-problem" text={problems.type} />
      </div>
      <Fields
        payload={parseJson(draft.payload).value}
        onChange={(path, value) => {
          change({ payload: pretty(withField(parseJson(store.saved.draft.payload).value, path, value)) })
          if (problems.payload) setProblems({ ...problems, payload: undefined })
        }}
      />
      <div class="field">
        <label for="send-payload">{TEXTS.payload}</label>
        <textarea
          id="send-payload"
          rows={Math.min(12, Math.max(3, draft.payload.split('\n').length))}
          value={draft.payload}
          spellcheck={false}
          aria-invalid={problems.payload !== undefined}
          aria-describedby="send-payload-problem send-payload-hint"
          onInput={event => {
            change({ payload: event.currentTarget.value })
            if (problems.payload) setProblems({ ...problems, payload: parseJson(event.currentTarget.value).problem })
          }}
        />
        <Problem id="send-payload-problem" text={problems.payload} />
        <span class="hint" id="send-payload-hint">
          {TEXTS.payloadHint}
        </span>
      </div>
      <div class="buttons">
        <div class="field send-count">
          <label for="send-times">{TEXTS.times}</label>
          <input
            id="send-times"
            type="number"
            min={1}
            max={MOST_AT_ONCE}
            value={draft.times}
            aria-invalid={problems.times !== undefined}
            aria-describedby="send-times-problem"
            onInput={event => {
              change({ times: event.currentTarget.value })
              if (problems.times) setProblems({ ...problems, times: undefined })
            }}
          />
          <Problem id="send-times-problem" text={problems.times} />
        </div>
        <button type="submit" class="primary" disabled={panel.status !== 'ready'}>
          {TEXTS.sendNow}
        </button>
        <button type="button" class="secondary" onClick={close}>
          {TEXTS.cancel}
        </button>
      </div>
    </form>
  )
}

/** A field for each value of the payload that one would want to change, as it is known from pages and from events that came. */
function Fields({ payload, onChange }: { payload: unknown; onChange(path: Field['path'], value: Field['value']): void }) {
  const fields = fieldsOf(payload).filter(({ path }) => path.at(-1) !== 'type')
  if (fields.length === 0) return null
  return (
    <fieldset class="send-fields" aria-label={TEXTS.fields}>
      {fields.map(({ path, value }) => {
        const name = path.join('.')
        const set = (next: Field['value']) => onChange(path, next)
        if (typeof value === 'boolean') return <Switch key={name} text={name} on={value} onTurn={set} />
        if (typeof value === 'string') return <TextField key={name} label={name} value={value} onInput={set} />
        return <NumberField key={name} name={name} value={value} onChange={set} />
      })}
    </fieldset>
  )
}

/**
 * What is half written, such as a minus, is no number yet: it stays as it is while one writes, and the payload keeps the last number. Between a key and the
 * next frame the payload is still the one before, which must not be written over the text.
 */
function NumberField({ name, value, onChange }: { name: string; value: number; onChange(value: number): void }) {
  const [written, setWritten] = useState<string>()
  const write = (text: string) => {
    setWritten(text)
    if (text.trim() !== '' && Number.isFinite(Number(text))) onChange(Number(text))
  }
  return <TextField label={name} type="number" value={written ?? String(value)} onInput={write} onLeave={() => setWritten(undefined)} />
}

function Problem({ id, text }: { id: string; text: string | undefined }) {
  return (
    <span class="problem" id={id} role="alert">
      {text && <Icon name="error" />}
      {text}
    </span>
  )
}

const pretty = (value: unknown) => JSON.stringify(value ?? {}, null, 2)
