"""A bot without any SDK: it takes activities, answers each, and writes once more by itself a moment later."""
import json
import os
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def send(activity, text, reply_to=None):
    conversation = activity["conversation"]["id"]
    url = f'{activity["serviceUrl"]}/v3/conversations/{conversation}/activities' + (f"/{reply_to}" if reply_to else "")
    body = {"type": "message", "text": text, "from": activity["recipient"], "recipient": activity["from"]}
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()


class Bot(BaseHTTPRequestHandler):
    def do_POST(self):
        activity = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if activity["type"] == "message":
            send(activity, f'You said {activity["text"]}', reply_to=activity["id"])
            threading.Timer(float(os.environ.get("NOTIFY_S", 2)), send, [activity, "By the way: the price dropped."]).start()
        self.send_response(200)
        self.end_headers()


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 3978))), Bot).serve_forever()
