import { AdaptiveCard, HostConfig, OpenUrlAction, SubmitAction } from 'adaptivecards'

/** Renders Adaptive Cards in the colours of the page. A file of its own: see cards.tsx. */
function render(card: unknown, submit: (data: unknown) => void): HTMLElement {
  const adaptive = new AdaptiveCard()
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const foreground = {
    default: { default: colour('--ink'), subtle: colour('--soft') },
    accent: { default: colour('--accent'), subtle: colour('--accent') }
  }
  adaptive.hostConfig = new HostConfig({
    fontFamily: 'inherit',
    containerStyles: {
      default: { backgroundColor: colour('--paper'), foregroundColors: foreground },
      emphasis: { backgroundColor: colour('--wash'), foregroundColors: foreground }
    }
  })
  adaptive.onExecuteAction = action => {
    if (action instanceof SubmitAction) submit(action.data ?? action.title ?? '')
    else if (action instanceof OpenUrlAction && /^https?:/i.test(action.url ?? '')) window.open(action.url, '_blank', 'noreferrer')
  }
  adaptive.parse(card)
  return adaptive.render() ?? document.createElement('div')
}

Object.assign(window, { adaptiveRenderer: { render } })
