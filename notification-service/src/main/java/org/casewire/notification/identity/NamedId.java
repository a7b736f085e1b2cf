package org.casewire.notification.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that follow from what they name (RFC 9562, version 5): whoever asks for the same text twice asks for one. */
public final class NamedId {

    private static final UUID CASEWIRE = UUID.fromString("6f1d7f0a-3c7e-5b60-9f52-0d5b7a1c64e1");

    private NamedId() {}

    /** The id of what these parts name; none of them holds the {@code |} that joins them, but perhaps the last. */
    public static UUID of(String... parts) {
        MessageDigest digest = sha1();
        digest.update(bytes(CASEWIRE));
        byte[] hash = digest.digest(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) (hash[6] & 0x0f | 0x50);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        ByteBuffer id = ByteBuffer.wrap(hash);
        return new UUID(id.getLong(), id.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
