package org.casewire.ingest.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code application/x-www-form-urlencoded}. The servlet container's own reading is of no use here: it mixes the
 * query in, guesses at what is malformed and forgets the order.
 */
final class FormReader {

    private final byte[] encoded;
    private final byte[] decoded;
    private int length;
    private boolean ascii = true;

    private FormReader(byte[] encoded) {
        this.encoded = encoded;
        this.decoded = new byte[encoded.length];
    }

    /** @throws InvalidForm when an escape is no escape or the text is not UTF-8 */
    static List<Parameter> read(byte[] encoded) {
        FormReader reader = new FormReader(encoded);
        List<Parameter> parameters = new ArrayList<>();
        int from = 0;
        while (from < encoded.length) {
            int end = reader.indexOf('&', from, encoded.length);
            if (end > from) {
                int equals = reader.indexOf('=', from, end);
                parameters.add(
                        new Parameter(reader.decode(from, equals), reader.decode(Math.min(equals + 1, end), end)));
            }
            from = end + 1;
        }
        return parameters;
    }

    private int indexOf(char sign, int from, int end) {
        int at = from;
        while (at < end && encoded[at] != sign) {
            at++;
        }
        return at;
    }

    private String decode(int from, int end) {
        length = 0;
        ascii = true;
        int at = from;
        while (at < end) {
            switch (encoded[at]) {
                case '+' -> put((byte) ' ');
                case '%' -> {
                    put(escaped(at, end));
                    at += 2;
                }
                default -> put(encoded[at]);
            }
            at++;
        }
        return ascii ? new String(decoded, 0, length, StandardCharsets.ISO_8859_1) : utf8();
    }

    private void put(byte value) {
        ascii &= value >= 0;
        decoded[length++] = value;
    }

    private byte escaped(int at, int end) {
        int high = at + 2 < end ? Character.digit(encoded[at + 1], 16) : -1;
        int low = at + 2 < end ? Character.digit(encoded[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new InvalidForm("The form holds a % that two hexadecimal digits do not follow at byte " + at
                    + ". Send it percent-encoded.");
        }
        return (byte) (high << 4 | low);
    }

    private String utf8() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded, 0, length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new InvalidForm("The form holds bytes that are not UTF-8. Send it as UTF-8, percent-encoded.");
        }
    }
}
