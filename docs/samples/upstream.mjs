// A whole upstream: asks for a text now and for one in five seconds, and says what becomes of both.
// npm install --prefix docs/samples, then: node docs/samples/upstream.mjs BROKER SITE NUMBER
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';

const [broker, site, number] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({ clientId: 'sample', brokers: [broker], logLevel: kafkajs.logLevel.ERROR });
const awaited = new Set();

// The default partitioner puts a key where Kafka's own clients put it; that keeps a conversation in one order.
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
await producer.connect();
async function ask(text) {
  const messageId = randomUUID();
  awaited.add(messageId);
  await producer.send({
    topic: 'sms.send-queue',
    acks: -1,
    messages: [{
      key: `${site}|${number}`,
      value: JSON.stringify({ messageId, site, to: number, ...text }),
      headers: { ce_type: 'casewire.SendRequested.v1' },
    }],
  });
}
await ask({ body: 'Please call us back.' });
await ask({
  body: 'Your appointment is tomorrow at nine.',
  purpose: 'REMINDER',
  sendAt: new Date(Date.now() + 5000).toISOString(),
});
await producer.disconnect();

// One group for all instances of your application: each event is read by one of them.
const consumer = kafka.consumer({ groupId: 'sample-node' });
await consumer.connect();
await consumer.subscribe({ topic: 'sms.outbound', fromBeginning: true });
const ended = new Promise((resolve) => {
  consumer.run({
    eachMessage: async ({ message }) => {
      const event = JSON.parse(message.value);
      const type = String(message.headers.ce_type);
      if (!awaited.has(event.messageId)) return;
      const state = event.status ?? event.reason ?? '';
      console.log(event.messageId, type, state);
      if (/Rejected|Cancelled/.test(type)) resolve(1);
      if (state === 'DELIVERED') awaited.delete(event.messageId);
      if (awaited.size === 0) resolve(0);
    },
  });
});
const code = await ended;
await consumer.disconnect();
process.exit(code);
