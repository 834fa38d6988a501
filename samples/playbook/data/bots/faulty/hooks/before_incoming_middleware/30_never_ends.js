// A promise that never settles: all that this visitor does afterwards waits behind it.
if (event.type === 'never-ends') {
  return new Promise(() => {})
}
