/** A page that brings Voiceflow's chat and pushes two bubbles, and has a form. */
export const BUBBLES = `<!doctype html><title>Shop</title><body><form id="mail"><input name="at"></form><script type="text/javascript">
(function(d, t) {
  var v = d.createElement(t), s = d.getElementsByTagName(t)[0];
  v.onload = function() {
    window.loaded = window.voiceflow.chat.load({ verify: { projectID: 'p1' }, url: 'https://general-runtime.voiceflow.com', versionID: 'production' })
      .then(() => { voiceflow.chat.proactive.push({ type: 'text', payload: { message: 'First' } }, { type: 'text', payload: { message: 'Second' } }) });
  }
  v.src = "https://cdn.voiceflow.com/widget-next/bundle.mjs"; v.type = "text/javascript"; s.parentNode.insertBefore(v, s);
})(document, 'script');
</script></body>`
