import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

// A whole upstream: asks for a text now and for one in five seconds, and says what becomes of both.
// java -cp 'deploy/local/target/lib/*' docs/samples/Upstream.java BROKER SITE NUMBER
void main(String[] args) throws Exception {
    String broker = args[0], site = args[1], number = args[2];
    Set<String> awaited = new HashSet<>();
    try (var producer = new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker, "acks", "all"), new StringSerializer(), new StringSerializer())) {
        awaited.add(ask(producer, site, number, Map.of("body", "Please call us back.")));
        awaited.add(ask(producer, site, number, Map.of(
                "body", "Your appointment is tomorrow at nine.",
                "purpose", "REMINDER",
                "sendAt", Instant.now().plusSeconds(5).toString())));
    }
    // One group for all instances of your application: each event is read by one of them.
    try (var consumer = new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker, "group.id", "sample-java", "auto.offset.reset", "earliest"),
            new StringDeserializer(), new StringDeserializer())) {
        consumer.subscribe(List.of("sms.outbound"));
        while (!awaited.isEmpty()) {
            for (var message : consumer.poll(Duration.ofSeconds(1))) {
                JsonNode event = JsonMapper.shared().readTree(message.value());
                String type = new String(message.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
                String id = event.path("messageId").asString();
                if (awaited.contains(id)) {
                    String state = event.path("status").asString(event.path("reason").asString(""));
                    IO.println(id + " " + type + " " + state);
                    switch (type) {
                        case "casewire.MessageRejected.v1", "casewire.MessageCancelled.v1" -> throw new IllegalStateException(event.toString());
                        default -> { if (state.equals("DELIVERED")) awaited.remove(id); }
                    }
                }
            }
        }
    }
}

String ask(KafkaProducer<String, String> producer, String site, String number, Map<String, String> text) throws Exception {
    Map<String, Object> request = new HashMap<>(text);
    String id = UUID.randomUUID().toString();
    request.putAll(Map.of("messageId", id, "site", site, "to", number));
    var message = new ProducerRecord<>("sms.send-queue", site + "|" + number, JsonMapper.shared().writeValueAsString(request));
    message.headers().add("ce_type", "casewire.SendRequested.v1".getBytes(StandardCharsets.UTF_8));
    producer.send(message).get();
    return id;
}
