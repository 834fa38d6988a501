/** The stand-in's look. Its colour is the page's (`assistant.color`), all else is calm. */
export const STYLE = `
:host { all: initial; --vf-colour: #3b5bdb; --ink: #1c2330; --soft: #5d6675; --line: #d9dee7; --paper: #fff; --wash: #f3f5f9 }
@media (prefers-color-scheme: dark) { :host { --ink: #e8ebf1; --soft: #a0a9b8; --line: #3a404c; --paper: #1b1e24; --wash: #272b33 } }
* { box-sizing: border-box; font: 14px/1.45 system-ui, sans-serif; margin: 0 }
.stand { color: var(--ink); position: fixed; bottom: 20px; z-index: 2147483000; display: flex; flex-direction: column; gap: 10px; max-width: min(320px, calc(100vw - 40px)) }
.stand.right { right: 20px; align-items: flex-end } .stand.left { left: 20px; align-items: flex-start }
.stand.embedded { position: static; max-width: none; height: 100% }
.vfrc-launcher { width: 52px; height: 52px; border: 0; border-radius: 50%; display: grid; place-items: center; background: var(--vf-colour); color: #fff; cursor: pointer; box-shadow: 0 3px 12px rgb(0 0 0 / 25%) }
.vfrc-proactive { display: flex; flex-direction: column; gap: 8px; position: relative } .vfrc-proactive.right { align-items: flex-end }
.card { max-width: 256px; padding: 10px 13px; border: 1px solid var(--line); border-radius: 12px; background: var(--paper); box-shadow: 0 2px 8px rgb(0 0 0 / 12%); overflow-wrap: anywhere; white-space: pre-wrap; animation: rise 160ms ease-out }
.bubble { position: relative; display: flex; border-radius: 12px } .bubble[aria-current] { outline: 2px solid var(--vf-colour); outline-offset: 2px }
.inspect { position: absolute; inset: auto auto calc(50% - 13px) calc(100% + 4px); width: 26px; height: 26px; padding: 0; display: grid; place-items: center; border: 1px solid var(--line); border-radius: 50%; background: var(--paper); color: var(--soft); cursor: pointer }
.right .inspect { inset-inline: auto calc(100% + 4px) }
.close { align-self: flex-end; width: 26px; height: 26px; border: 1px solid var(--line); border-radius: 50%; background: var(--paper); color: var(--soft); line-height: 1; cursor: pointer; opacity: 0; transition: opacity 120ms }
.vfrc-proactive:hover .close, .close:focus-visible { opacity: 1 }
@media (hover: none) { .close { opacity: 1 } }
.window { width: min(340px, calc(100vw - 40px)); height: min(480px, calc(100vh - 120px)); display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 14px; overflow: hidden; background: var(--paper); box-shadow: 0 4px 18px rgb(0 0 0 / 18%) }
.embedded .window { width: 100%; height: 100%; min-height: 320px }
header { display: flex; align-items: center; padding: 10px 12px; background: var(--vf-colour); color: #fff }
h1 { flex: 1; font-weight: 600; font-size: 15px } header button { width: 30px; height: 30px; border: 0; border-radius: 8px; background: none; color: inherit; font-size: 20px; line-height: 1; cursor: pointer }
.turns { flex: 1; overflow-y: auto; padding: 12px; display: flex; flex-direction: column; gap: 8px }
.note { color: var(--soft); font-size: 12.5px } .mine { align-self: flex-end; padding: 7px 12px; border-radius: 14px; background: var(--wash); overflow-wrap: anywhere }
form { padding: 10px; border-top: 1px solid var(--line) } input { width: 100%; padding: 8px 12px; border: 1px solid var(--soft); border-radius: 16px; background: var(--paper); color: var(--ink) }
:focus-visible { outline: 2px solid var(--vf-colour); outline-offset: 2px }
@keyframes rise { from { opacity: 0; transform: translateY(8px) } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
@media (forced-colors: active) { .card, .vfrc-launcher, .close { border: 1px solid } }
`
