// A device on a web socket, by the package ws: says "ready", then for each line on its standard input:
//   send TEXT, binary TEXT, ping, end; prints: open, message TEXT, pong, close CODE, failed STATUS.
const WebSocket = require('ws');
const [url, how, token] = process.argv.slice(2);
const ws = how === 'header'
  ? new WebSocket(url, { headers: { Authorization: 'Bearer ' + token } })
  : new WebSocket(url, ['headgate', token]);
ws.on('open', () => console.log('open ' + ws.protocol));
ws.on('message', data => console.log('message ' + data.toString()));
ws.on('pong', () => console.log('pong'));
ws.on('ping', () => console.log('ping'));
ws.on('close', code => { console.log('close ' + code); });
ws.on('unexpected-response', (request, response) => { console.log('failed ' + response.statusCode); });
ws.on('error', error => console.log('error ' + error.message));
require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const at = line.indexOf(' ');
  const word = at < 0 ? line : line.slice(0, at);
  const text = at < 0 ? '' : line.slice(at + 1);
  if (word === 'send') ws.send(text);
  if (word === 'binary') ws.send(Buffer.from(text));
  if (word === 'pieces') { ws.send(text.slice(0, 5), { fin: false }); ws.send(text.slice(5), { fin: true }); }
  if (word === 'large') ws.send(' '.repeat(Number(text)));
  if (word === 'ping') ws.ping();
  if (word === 'end') ws.close();
});
console.log('ready');
