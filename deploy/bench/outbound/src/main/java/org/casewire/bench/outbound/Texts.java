package org.casewire.bench.outbound;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Numbered requests to fictional people, and how their numbers are found again. */
final class Texts {

    static final String SITE = "bench";
    static final String SENDER = "+14045550199";

    /** Each has a hundred numbers kept free for fiction: 555-0100 to 555-0199. */
    private static final String[] AREA_CODES =
            ("201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224"
                            + " 225 228 229 231 234 239 240 248 251 252 253 254 256 260 262 267 269 270 272 276 281 301 302 303"
                            + " 304 305 307 308 309 310 312 313")
                    .split(" ");

    private static final int NUMBERS_OF_AREA = 100;
    private static final long HIGH_BITS = 0x0ca5_e313_0000_4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int DIGITS = 7;
    private static final String BEFORE_NUMBER = "Reminder ";

    private final int contacts;

    Texts(int contacts) {
        this.contacts = contacts;
    }

    String contact(int number) {
        int person = number % contacts;
        return "+1" + AREA_CODES[person / NUMBERS_OF_AREA] + "55501" + "%02d".formatted(person % NUMBERS_OF_AREA);
    }

    static String body(int number) {
        return BEFORE_NUMBER + "%07d".formatted(number)
                + ": your appointment with Ms. Lopez is on Tuesday at 10:30. Reply YES to confirm.";
    }

    /** The number of a text by its body. */
    static int numberOf(String body) {
        return Integer.parseInt(body, BEFORE_NUMBER.length(), BEFORE_NUMBER.length() + DIGITS, 10);
    }

    /** The number of a message by its id as it stands in a header. */
    static int numberOf(byte[] messageId) {
        int number = 0;
        for (int i = messageId.length - 8; i < messageId.length; i++) {
            number = (number << 4) | Character.digit(messageId[i], 16);
        }
        return number;
    }

    ProducerRecord<byte[], byte[]> request(int number, @Nullable Instant sendAt, Instant now) {
        String to = contact(number);
        String id = new UUID(HIGH_BITS, VARIANT | number).toString();
        String value = """
                {"messageId":"%s","site":"%s","to":"%s","body":"%s","caseRef":{"kind":"CASE","id":"16E-%07d"},\
                "sentBy":"maria"%s}""".formatted(id, SITE, to, body(number), number % contacts, sendAt(sendAt));
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>("sms.send-queue", bytes(SITE + "|" + to), bytes(value));
        header(event, "content-type", "application/json");
        header(event, "ce_specversion", "1.0");
        header(event, "ce_id", id);
        header(event, "ce_type", "casewire.SendRequested.v1");
        header(event, "ce_source", "/upstream/bench");
        header(event, "ce_time", now.toString());
        header(event, "ce_subject", id);
        return event;
    }

    private static String sendAt(@Nullable Instant sendAt) {
        return sendAt == null ? "" : ",\"sendAt\":\"" + sendAt + "\"";
    }

    private static void header(ProducerRecord<byte[], byte[]> event, String name, String value) {
        event.headers().add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
