// What the pages of the shop say to the chat, kept until it listens.
window.addEventListener('message', function (event) {
  var name = event.data && event.data.name
  if (name === 'webchatReady') {
    ready = true
    waiting.splice(0).forEach(function (one) {
      send(one[0], one[1])
    })
  }
})

var ready = false
var waiting = []

function send(type, payload) {
  if (ready) {
    window.botpressWebChat.sendEvent({ type: type, payload: payload })
  } else {
    // The chat drops what it gets before it is ready, and it becomes ready only when opened.
    waiting.push([type, payload])
    window.botpressWebChat.sendEvent({ type: 'show' })
  }
}
