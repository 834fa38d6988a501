// The survey in the middle of a booking, in two ways: GET /api/survey calls bot.beginDialog, which replaces the dialogs that run, so that the booking is
// lost; GET /api/survey?resume=1 loads the session and pushes the survey on top, so that the booking goes on after "done".
var express = require('express');
var builder = require('botbuilder');

var app = express();
app.listen(process.env.PORT || 3978);
var connector = new builder.ChatConnector({ appId: process.env.MICROSOFT_APP_ID, appPassword: process.env.MICROSOFT_APP_PASSWORD });
app.post('/api/messages', connector.listen());

var bot = new builder.UniversalBot(connector);
var addresses = {};

bot.dialog('/', function (session) {
  addresses[session.message.address.conversation.id] = session.message.address;
  session.beginDialog('booking');
});

bot.dialog('booking', [
  function (session) { builder.Prompts.text(session, 'Where do you want to go?'); },
  function (session, results) { session.endConversation('Booked ' + results.response); }
]);

bot.dialog('survey', function (session) {
  if (session.message.text === 'done') {
    session.send('Great, back to the original conversation');
    session.endDialog();
  } else {
    session.send('How do you like us? Type "done" to resume');
  }
});

function interrupt(address, dialogId) {
  bot.loadSession(address, function (error, session) {
    if (error) return console.error(error);
    session.beginDialog(dialogId);
    session.sendBatch();
  });
}

app.get('/api/survey', function (req, res) {
  Object.keys(addresses).forEach(function (id) {
    if (req.query.resume) interrupt(addresses[id], '*:survey');
    else bot.beginDialog(addresses[id], '*:survey');
  });
  res.send('triggered');
});
