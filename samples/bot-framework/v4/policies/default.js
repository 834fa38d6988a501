// No policy: the notice is put into the chat wherever it stands. The next answer belongs to the booking, whatever the visitor meant.
const { run } = require('../travel')

run({
  onPriceDrop: (context, dc, { hotel }) => context.sendActivity(`${hotel} is 20 % cheaper today. Shall I reserve a room?`)
})
