import type { Rule } from '../rule.ts'
import { rule as apiBeforeInit } from './api-before-init.ts'
import { rule as asyncInForeach } from './async-in-foreach.ts'
import { rule as badReplyPayload } from './bad-reply-payload.ts'
import { rule as blockingCode } from './blocking-code.ts'
import { rule as configureResets } from './configure-resets.ts'
import { rule as contextAfterTurn } from './context-after-turn.ts'
import { rule as contextWriteWithoutSkip } from './context-write-without-skip.ts'
import { rule as dialogWithoutSave } from './dialog-without-save.ts'
import { rule as doubleHandling } from './double-handling.ts'
import { rule as envNotExposed } from './env-not-exposed.ts'
import { rule as eventLoopRisk } from './event-loop-risk.ts'
import { rule as eventTypeMismatch } from './event-type-mismatch.ts'
import { rule as eventTypeUnhandled } from './event-type-unhandled.ts'
import { rule as flagSetTooLate } from './flag-set-too-late.ts'
import { rule as floatingPromise } from './floating-promise.ts'
import { rule as gateNeverCloses } from './gate-never-closes.ts'
import { rule as globalHookAllBots } from './global-hook-all-bots.ts'
import { rule as greetWithoutMemberFilter } from './greet-without-member-filter.ts'
import { rule as hookOrder } from './hook-order.ts'
import { rule as hookWillNotRun } from './hook-will-not-run.ts'
import { rule as httpWithoutTimeout } from './http-without-timeout.ts'
import { rule as idleTimerNotCleared } from './idle-timer-not-cleared.ts'
import { rule as ignoredFields } from './ignored-fields.ts'
import { rule as incompleteDestination } from './incomplete-destination.ts'
import { rule as interruptsActiveFlow } from './interrupts-active-flow.ts'
import { rule as jumpSessionId } from './jump-session-id.ts'
import { rule as jumpTargetMissing } from './jump-target-missing.ts'
import { rule as lazySocket } from './lazy-socket.ts'
import { rule as legacyBundle } from './legacy-bundle.ts'
import { rule as literalTextMultilingual } from './literal-text-multilingual.ts'
import { rule as mayNeverSettle } from './may-never-settle.ts'
import { rule as memoryBetweenEvents } from './memory-between-events.ts'
import { rule as missingTypeGuard } from './missing-type-guard.ts'
import { rule as nluTooEarly } from './nlu-too-early.ts'
import { rule as noFrequencyGuard } from './no-frequency-guard.ts'
import { rule as noPermanentFailureBranch } from './no-permanent-failure-branch.ts'
import { rule as payloadDepth } from './payload-depth.ts'
import { rule as payloadShapeMismatch } from './payload-shape-mismatch.ts'
import { rule as proactiveClearsStack } from './proactive-clears-stack.ts'
import { rule as proactiveFallsThrough } from './proactive-falls-through.ts'
import { rule as pushBeforeLoad } from './push-before-load.ts'
import { rule as pushShape } from './push-shape.ts'
import { rule as readyWithoutOpen } from './ready-without-open.ts'
import { rule as referenceInMemory } from './reference-in-memory.ts'
import { rule as repeatSend } from './repeat-send.ts'
import { rule as requireNotResolvable } from './require-not-resolvable.ts'
import { rule as reservedEventType } from './reserved-event-type.ts'
import { rule as reservedTypeFromPage } from './reserved-type-from-page.ts'
import { rule as returnValueIgnored } from './return-value-ignored.ts'
import { rule as scopeNotSupported } from './scope-not-supported.ts'
import { rule as sendBeforeReady } from './send-before-ready.ts'
import { rule as sendOnOpened } from './send-on-opened.ts'
import { rule as sensitivePayload } from './sensitive-payload.ts'
import { rule as sessionIsNotUser } from './session-is-not-user.ts'
import { rule as sessionShorterThanContext } from './session-shorter-than-context.ts'
import { rule as staleNudge } from './stale-nudge.ts'
import { rule as stateEmptyInThisHook } from './state-empty-in-this-hook.ts'
import { rule as stateNotPersisted } from './state-not-persisted.ts'
import { rule as timerAsReminder } from './timer-as-reminder.ts'
import { rule as timerInsteadOfReady } from './timer-instead-of-ready.ts'
import { rule as topLevelAwait } from './top-level-await.ts'
import { rule as twoChatsOneIdentity } from './two-chats-one-identity.ts'
import { rule as unawaitedSend } from './unawaited-send.ts'
import { rule as unguardedPayload } from './unguarded-payload.ts'
import { rule as unknownBotInPage } from './unknown-bot-in-page.ts'
import { rule as unknownFlag } from './unknown-flag.ts'
import { rule as unknownLifecycleEvent } from './unknown-lifecycle-event.ts'
import { rule as unsafeMessageListener } from './unsafe-message-listener.ts'
import { rule as unsupportedSyntax } from './unsupported-syntax.ts'
import { rule as unthrottledBroadcast } from './unthrottled-broadcast.ts'
import { rule as untrustedServiceUrl } from './untrusted-service-url.ts'
import { rule as userIdLength } from './user-id-length.ts'

/** All rules, in the order of their ids. */
export const RULES: readonly Rule[] = [
  topLevelAwait,
  floatingPromise,
  unsupportedSyntax,
  proactiveFallsThrough,
  stateNotPersisted,
  gateNeverCloses,
  sessionIsNotUser,
  payloadDepth,
  unguardedPayload,
  unknownFlag,
  flagSetTooLate,
  stateEmptyInThisHook,
  nluTooEarly,
  missingTypeGuard,
  reservedEventType,
  badReplyPayload,
  incompleteDestination,
  eventLoopRisk,
  mayNeverSettle,
  blockingCode,
  httpWithoutTimeout,
  timerAsReminder,
  memoryBetweenEvents,
  globalHookAllBots,
  hookOrder,
  hookWillNotRun,
  scopeNotSupported,
  envNotExposed,
  requireNotResolvable,
  jumpSessionId,
  jumpTargetMissing,
  noFrequencyGuard,
  interruptsActiveFlow,
  literalTextMultilingual,
  asyncInForeach,
  returnValueIgnored,
  contextWriteWithoutSkip,
  sendBeforeReady,
  sendOnOpened,
  readyWithoutOpen,
  timerInsteadOfReady,
  unknownLifecycleEvent,
  repeatSend,
  ignoredFields,
  reservedTypeFromPage,
  userIdLength,
  twoChatsOneIdentity,
  sensitivePayload,
  unsafeMessageListener,
  configureResets,
  apiBeforeInit,
  idleTimerNotCleared,
  eventTypeMismatch,
  payloadShapeMismatch,
  doubleHandling,
  eventTypeUnhandled,
  lazySocket,
  sessionShorterThanContext,
  unknownBotInPage,
  pushBeforeLoad,
  pushShape,
  staleNudge,
  legacyBundle,
  contextAfterTurn,
  unawaitedSend,
  referenceInMemory,
  greetWithoutMemberFilter,
  dialogWithoutSave,
  untrustedServiceUrl,
  proactiveClearsStack,
  unthrottledBroadcast,
  noPermanentFailureBranch
]
