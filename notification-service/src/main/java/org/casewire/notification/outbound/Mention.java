package org.casewire.notification.outbound;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A JSON string that is looked for in records that are not read yet. */
public final class Mention {

    private final byte[] wanted;

    private Mention(byte[] wanted) {
        this.wanted = wanted;
    }

    /** The string with its quotation marks. */
    public static Mention of(String value) {
        return new Mention(('"' + value + '"').getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it stands anywhere in the record. */
    public boolean isIn(ConsumerRecord<String, byte[]> message) {
        byte[] value = message.value();
        for (int at = 0; value != null && at <= value.length - wanted.length; at++) {
            int length = 0;
            while (length < wanted.length && value[at + length] == wanted[length]) {
                length++;
            }
            if (length == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
