import { useState } from 'preact/hooks'
import { type Choice, type Content, choicePayload, choicesPayload } from '../../src/webchat/content.ts'

export type Choosable = Content & { as: 'choices' }

interface Props {
  content: Choosable
  /** @param title what was pressed */
  onSay(payload: Record<string, unknown>, title: string): void
}

/** What the visitor may choose: buttons, or a list. */
export function Choices({ content, onSay }: Props) {
  if (content.isDropdown && content.multiple !== undefined) return <Several content={content} onSay={onSay} />
  if (content.isDropdown) return <Dropdown content={content} onSay={onSay} />
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend
    <div class="choices bpw-keyboard-quick_reply" role="group" aria-label="Answers">
      {content.choices.map(choice => (
        <button type="button" key={choice.value} onClick={() => onSay(choicePayload(choice, false), choice.title)}>
          {choice.title}
        </button>
      ))}
    </div>
  )
}

function Dropdown({ content: { choices, placeholder = 'Select…', canCreate }, onSay }: Props) {
  const choose = (choice: Choice | undefined) => {
    if (choice) onSay(choicePayload(choice, true), choice.title)
  }
  return (
    <div class="choosing">
      <select class="dropdown" aria-label={placeholder} onChange={event => choose(choices[Number(event.currentTarget.value || -1)])}>
        <option value="">{placeholder}</option>
        {choices.map((choice, index) => (
          <option key={choice.value} value={index}>
            {choice.title}
          </option>
        ))}
      </select>
      {canCreate && <Own onChoose={choose} />}
    </div>
  )
}

/** Several at once, confirmed by a button. */
function Several({ content: { choices, placeholder = 'Select…', multiple, canCreate }, onSay }: Props) {
  const [chosen, setChosen] = useState<Choice[]>([])
  const toggle = (choice: Choice) => setChosen(chosen.includes(choice) ? chosen.filter(one => one !== choice) : [...chosen, choice])
  const all = [...choices, ...chosen.filter(one => !choices.includes(one))]
  return (
    <fieldset class="choosing several">
      <legend>{placeholder}</legend>
      {all.map(choice => (
        <label key={choice.value}>
          <input type="checkbox" checked={chosen.includes(choice)} onChange={() => toggle(choice)} /> {choice.title}
        </label>
      ))}
      {canCreate && <Own onChoose={choice => setChosen([...chosen, choice])} />}
      <button type="button" disabled={chosen.length === 0} onClick={() => onSay(choicesPayload(chosen), multiple!)}>
        {multiple}
      </button>
    </fieldset>
  )
}

/** What is not in the list, written by the visitor. */
function Own({ onChoose }: { onChoose(choice: Choice): void }) {
  const [text, setText] = useState('')
  return (
    <form
      class="own"
      onSubmit={event => {
        event.preventDefault()
        if (text.trim() !== '') onChoose({ title: text, value: text })
        setText('')
      }}
    >
      <input aria-label="Something else" placeholder="Something else…" value={text} onInput={event => setText(event.currentTarget.value)} />
    </form>
  )
}
