package org.casewire.ops.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.ops.restore.Known.Standing;
import org.junit.jupiter.api.Test;

class KnownTest {

    private final Known known = new Known();

    private void learn(String event, String fields) {
        String json = "{\"site\":\"demo\",\"messageId\":\"A\"" + fields + "}";
        ConsumerRecord<byte[], byte[]> message =
                new ConsumerRecord<>("sms.outbound", 0, 0, null, json.getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_type", ("casewire." + event + ".v1").getBytes(StandardCharsets.UTF_8));
        known.learn(message);
    }

    @Test
    void whatWasOnlyScheduledOrHeldHasNoOutcome() {
        learn("MessageScheduled", "");
        learn("MessageHeld", "");
        assertThat(known.of("demo|a")).isEqualTo(Standing.WITHOUT_OUTCOME);
        assertThat(known.of("demo|b")).isEqualTo(Standing.WITHOUT_OUTCOME);
    }

    @Test
    void whatWasRefusedOrCalledOffHasEnded() {
        learn("MessageRejected", "");
        assertThat(known.of("demo|a")).isEqualTo(Standing.ENDED);
    }

    @Test
    void aMessageHasEndedWhenAllOfItsPartsLeft() {
        learn("MessageAccepted", ",\"part\":1,\"parts\":2");
        assertThat(known.of("demo|a")).isEqualTo(Standing.PARTLY_SENT);
        learn("MessageAccepted", ",\"part\":2,\"parts\":2");
        assertThat(known.of("demo|a")).isEqualTo(Standing.ENDED);
    }

    /** Twilio spoke of it before outbound could. */
    @Test
    void aCallbackAloneShowsThatItLeft() {
        learn("DeliveryReported", ",\"part\":1");
        assertThat(known.of("demo|a")).isEqualTo(Standing.PARTLY_SENT);
    }
}
