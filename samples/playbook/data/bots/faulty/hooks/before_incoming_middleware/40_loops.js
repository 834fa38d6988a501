// A loop that never ends. A real server would stand still for everyone.
if (event.type === 'loops') {
  let tries = 0
  while (tries >= 0) {
    tries = (tries + 1) % 10
  }
}
