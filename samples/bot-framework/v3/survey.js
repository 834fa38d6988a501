// A dialog-based proactive message, after the Bot Framework documentation of 2017 ("Send proactive messages", SDK for Node.js v3): a survey
// interrupts, and "done" ends it.
//
// What differs from it: server and connector, which the text leaves out, and the route that it speaks of; the dialog that begins it is the root dialog;
// the delay can be set by SURVEY_MS (5 seconds as there). The patch botadapter.js that the text asks for is not there any more. Without it
// bot.beginDialog replaces the dialogs that were running instead of going back to them: booking.js shows a way that does go back.
var express = require('express');
var builder = require('botbuilder');

var app = express();
var server = app.listen(process.env.PORT || 3978);
var connector = new builder.ChatConnector({ appId: process.env.MICROSOFT_APP_ID, appPassword: process.env.MICROSOFT_APP_PASSWORD });
app.post('/api/messages', connector.listen());

var bot = new builder.UniversalBot(connector);
var savedAddress;

// proactiveDialog dialog
bot.dialog('/', function (session, args) {

    savedAddress = session.message.address;

    var message = 'Hey there, I\'m going to interrupt our conversation and start a survey in five seconds...';
    session.send(message);

    message = `You can also make me send a message by accessing: http://localhost:${server.address().port}/api/CustomWebApi`;
    session.send(message);

    setTimeout(() => {
        startProactiveDialog(savedAddress);
    }, Number(process.env.SURVEY_MS || 5000));
});

// initiate a dialog proactively 
function startProactiveDialog(address) {
    bot.beginDialog(address, "*:survey");
}

// handle the proactive initiated dialog
bot.dialog('survey', function (session, args, next) {
  if (session.message.text === "done") {
    session.send("Great, back to the original conversation");
    session.endDialog();
  } else {
    session.send('Hello, I\'m the survey dialog. I\'m interrupting your conversation to ask you a question. Type "done" to resume');
  }
});

app.get('/api/CustomWebApi', function (req, res) {
  startProactiveDialog(savedAddress);
  res.send('triggered');
});
