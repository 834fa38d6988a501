import { useState } from 'preact/hooks'
import { Icon } from './Icon.tsx'
import { memberPath, preview } from './paths.ts'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

/** So many members are drawn before one has to ask for more. */
const AT_ONCE = 100

interface Props {
  value: unknown
  /** What the value is called, and the expression by which a hook reaches it. */
  name: string
  path: string
  open?: boolean
}

/** A value as a tree that opens level by level; each member's path can be copied as it is written in a hook. */
export function Tree({ value, name, path, open = false }: Props) {
  const [isOpen, setOpen] = useState(open)
  const [limit, setLimit] = useState(AT_ONCE)
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : undefined
  const label = (
    <>
      <span class="tree-name">{name}</span>
      <span class={`tree-value ${kindOf(value)}`}>{preview(value)}</span>
    </>
  )
  return (
    <div class="tree">
      <div class="tree-row">
        {members && members.length > 0 ? (
          <button type="button" class="tree-toggle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <span class="twist">
              <Icon name="chevron" />
            </span>
            {label}
          </button>
        ) : (
          <span class="tree-leaf">{label}</span>
        )}
        <CopyPath path={path} />
      </div>
      {isOpen && members && (
        <div class="tree-members">
          {members.slice(0, limit).map(([key, member]) => (
            <Tree key={key} value={member} name={key} path={memberPath(path, key, Array.isArray(value))} />
          ))}
          {members.length > limit && (
            <button type="button" class="link" onClick={() => setLimit(limit + AT_ONCE * 10)}>
              {TEXTS.more(members.length - limit)}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function CopyPath({ path }: { path: string }) {
  const store = useStore()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await toClipboard(path)
    setCopied(done)
    store.announce(done ? TEXTS.copied(path) : TEXTS.notCopied)
    if (done) setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button type="button" class="tree-copy" title={TEXTS.copyPath(path)} aria-label={TEXTS.copyPath(path)} onClick={copy}>
      <Icon name={copied ? 'good' : 'copy'} />
    </button>
  )
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return typeof value
}
