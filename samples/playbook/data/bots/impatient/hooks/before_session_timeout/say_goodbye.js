// Runs when the conversation has waited for too long; what it changes is saved.
event.state.user.leftOff = event.state.context.currentNode
