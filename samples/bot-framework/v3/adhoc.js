// An ad hoc notice, after the Bot Framework documentation of 2017 ("Send proactive messages", SDK for Node.js v3).
//
// What differs from it: server and connector, which the text leaves out; the dialog is the root dialog; and a way in from outside, /api/notify, which
// the text only speaks of.
var express = require('express');
var builder = require('botbuilder');

var app = express();
var server = app.listen(process.env.PORT || 3978);
var connector = new builder.ChatConnector({ appId: process.env.MICROSOFT_APP_ID, appPassword: process.env.MICROSOFT_APP_PASSWORD });
app.post('/api/messages', connector.listen());

var addresses = {};

var inMemoryStorage = new builder.MemoryBotStorage();

var bot = new builder.UniversalBot(connector)
                .set('storage', inMemoryStorage); // Register in-memory storage 

bot.dialog('/', function(session, args) {
    var savedAddress = session.message.address;

    // (Save this information somewhere that it can be accessed later, such as in a database, or session.userData)
    session.userData.savedAddress = savedAddress;
    addresses[savedAddress.conversation.id] = savedAddress;

    var message = 'Hello user, good to meet you! I now know your address and can send you notifications in the future.';
    session.send(message);
})

function sendProactiveMessage(address) {
    var msg = new builder.Message().address(address);
    msg.text('Hello, this is a notification');
    msg.textLocale('en-US');
    bot.send(msg);
}

app.get('/api/notify', function (req, res) {
    Object.keys(addresses).forEach(function (id) { sendProactiveMessage(addresses[id]); });
    res.send('triggered');
});
