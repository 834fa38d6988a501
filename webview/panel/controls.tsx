import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon, type IconName } from './Icon.tsx'

/** Small controls that look and behave alike everywhere in the panel. */

interface ChoiceProps {
  label: string
  value: string
  options: readonly (readonly [value: string, title: string])[]
  disabled?: boolean
  onChoose(value: string): void
}

export function Choice({ label, value, options, disabled = false, onChoose }: ChoiceProps) {
  return (
    <label class="choice">
      <span class="choice-label">{label}</span>
      <select value={value} disabled={disabled || options.length === 0} onChange={event => onChoose(event.currentTarget.value)}>
        {options.map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ActionProps {
  text: string
  hint?: string
  disabled?: boolean
  pressed?: boolean
  onUse(): void
}

interface GestureProps extends ActionProps {
  icon: IconName
  hint: string
  expanded?: boolean
}

/** A button whose word is left out where there is no room for it. */
export function Gesture({ icon, text, hint, disabled = false, expanded, pressed, onUse }: GestureProps) {
  return (
    <button
      type="button"
      class="gesture"
      title={hint}
      aria-label={text}
      disabled={disabled}
      aria-expanded={expanded}
      aria-pressed={pressed}
      onClick={onUse}
    >
      <Icon name={icon} />
      <span class="gesture-text">{text}</span>
    </button>
  )
}

/** A button of a drawer: always with its word. */
export function Action({ text, hint, disabled = false, pressed, onUse }: ActionProps) {
  return (
    <button type="button" class="secondary" title={hint} disabled={disabled} aria-pressed={pressed} onClick={onUse}>
      {text}
    </button>
  )
}

interface TextFieldProps {
  label: string
  value: string
  hint?: string
  problem?: string | undefined
  /** So many lines; a single one when absent. */
  rows?: number
  mono?: boolean
  options?: readonly string[]
  /** The label is for those who do not see what it stands below. */
  bare?: boolean
  type?: 'text' | 'number' | 'datetime-local'
  onInput(value: string): void
  /** The field is no longer written in. */
  onLeave?(): void
}

/** A line or an area of text with its label, what to write, and what is wrong with it. */
export function TextField({
  label,
  value,
  hint,
  problem,
  rows,
  mono = false,
  options,
  bare = false,
  type = 'text',
  onInput,
  onLeave
}: TextFieldProps) {
  const id = useId()
  const shared = {
    id,
    value,
    spellcheck: false,
    autocomplete: 'off',
    onBlur: onLeave,
    class: mono ? 'mono' : undefined,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${id}-problem`
  }
  return (
    <div class="field">
      <label for={id} class={bare ? 'unseen' : undefined}>
        {label}
      </label>
      {rows === undefined ? (
        <input
          {...shared}
          type={type}
          step={type === 'text' ? undefined : type === 'number' ? 'any' : 1}
          placeholder={hint}
          list={options ? `${id}-options` : undefined}
          onInput={event => onInput(event.currentTarget.value)}
        />
      ) : (
        <textarea {...shared} rows={rows} placeholder={hint} onInput={event => onInput(event.currentTarget.value)} />
      )}
      {options && (
        <datalist id={`${id}-options`}>
          {options.map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      <span class="problem" id={`${id}-problem`} role="alert">
        {problem && <Icon name="error" />}
        {problem}
      </span>
    </div>
  )
}

/** Something that is on or off. */
export function Switch({
  text,
  hint,
  on,
  disabled = false,
  onTurn
}: {
  text: string
  hint?: string
  on: boolean
  disabled?: boolean
  onTurn(on: boolean): void
}) {
  return (
    <label class="switch" title={hint}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        disabled={disabled}
        onChange={event => onTurn(event.currentTarget.checked)}
      />
      <span>{text}</span>
    </label>
  )
}

/** Controls that belong together, with their name. */
export function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}
