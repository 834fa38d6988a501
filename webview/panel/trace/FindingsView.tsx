import { diagnosticsOf } from '../../../src/trace/diagnostics.ts'
import type { Finding } from '../../../src/trace/findings/index.ts'
import type { Account } from '../../../src/trace/ledger.ts'
import { Icon } from '../Icon.tsx'
import { PlaceLink } from '../PlaceLink.tsx'
import { RuleLink } from '../RuleLink.tsx'
import { Prose } from '../StoryCard.tsx'
import { useStore } from '../use.ts'
import { VIEW_TEXTS as TEXTS } from './texts.ts'

/** So many of the newest notices of a visitor are listed. */
const NEWEST = 20

/** What the whole run shows and no single event does, and the ledger of what visitors were told unasked. */
export function FindingsView() {
  const store = useStore()
  const { findings = [], accounts = [] } = store
  return (
    <div class="findings">
      {findings.length > 0 ? (
        <ol>
          {findings.map(finding => (
            <Row key={`${finding.id} ${finding.seqs.join()}`} finding={finding} />
          ))}
        </ol>
      ) : (
        <div class="empty">
          <p>{TEXTS.noFindings}</p>
          <p class="hint">{TEXTS.noFindingsHint}</p>
        </div>
      )}
      {accounts.length > 0 && <Ledger accounts={accounts} />}
    </div>
  )
}

function Row({ finding }: { finding: Finding }) {
  const store = useStore()
  const rules = diagnosticsOf(finding)
  const last = finding.seqs.at(-1)
  return (
    <li class={`finding ${finding.tone}`}>
      <h2 class="finding-title">
        <Icon name={finding.tone} />
        {finding.title}
      </h2>
      <p>
        <Prose text={finding.says.join(' ')} />
      </p>
      {finding.todo.map(todo => (
        <p key={todo} class="advice">
          <Icon name="bulb" />
          <span>
            <Prose text={todo} />
          </span>
        </p>
      ))}
      <p class="references">
        {last !== undefined && (
          <button type="button" class="link" title={TEXTS.lookAtPlace(finding.seqs.length)} onClick={() => store.show(last)}>
            {TEXTS.lookAt}
          </button>
        )}
        {finding.places.map(place => (
          <PlaceLink key={`${place.file}:${place.line}`} place={place} />
        ))}
        {rules.map(rule => (
          <RuleLink key={rule} rule={rule} />
        ))}
      </p>
    </li>
  )
}

function Ledger({ accounts }: { accounts: readonly Account[] }) {
  const store = useStore()
  const name = (visitorId: string) => store.panel?.visitors.find(visitor => visitor.id === visitorId)?.name ?? TEXTS.former
  return (
    <section class="ledger" aria-label={TEXTS.ledger}>
      {accounts.map(account => (
        <table key={`${account.botId} ${account.visitorId}`}>
          <caption title={TEXTS.ledgerHint}>
            {TEXTS.ledger}: {name(account.visitorId)}, {account.botId}
          </caption>
          <thead>
            <tr>
              <th scope="col">{TEXTS.when}</th>
              <th scope="col">{TEXTS.what}</th>
              <th scope="col">{TEXTS.because}</th>
              <th scope="col">{TEXTS.reaction}</th>
            </tr>
          </thead>
          <tbody>
            {account.notices.slice(-NEWEST).map(notice => (
              <tr key={notice.seq}>
                <td>{new Date(notice.at).toLocaleTimeString(undefined, { hourCycle: 'h23' })}</td>
                <td>
                  <button type="button" class="link" onClick={() => store.show(notice.seq)}>
                    {notice.texts[0] ?? notice.type}
                  </button>
                </td>
                <td>{notice.type}</td>
                <td>{TEXTS.reactions[notice.reaction]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}
