package org.casewire.outbound.optin;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs the links of invitations and reads them back: which invitation, until when, and nothing else. */
@Component
class Links {

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int CONTENT = Long.BYTES * 3;
    private static final int LONGEST = 200;

    private final InvitationStore store;
    private final OptInProperties properties;
    private volatile byte @Nullable [] key;

    Links(InvitationStore store, OptInProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    /** What a link says. */
    sealed interface Link {

        /** It is ours and still good. */
        record Good(UUID invitation) implements Link {}

        /** It is ours but too old. */
        record Expired(UUID invitation) implements Link {}

        /** It is not ours, or was changed. */
        record Unknown() implements Link {}
    }

    String token(UUID invitation, Instant expiresAt) {
        byte[] content = ByteBuffer.allocate(CONTENT)
                .putLong(invitation.getMostSignificantBits())
                .putLong(invitation.getLeastSignificantBits())
                .putLong(expiresAt.getEpochSecond())
                .array();
        byte[] signature = signature(content);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(content.length + signature.length)
                        .put(content)
                        .put(signature)
                        .array());
    }

    Link read(String token, Instant now) {
        if (token.length() > LONGEST) {
            return new Link.Unknown();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            byte[] content = Arrays.copyOf(bytes, CONTENT);
            byte[] signature = Arrays.copyOfRange(bytes, Math.min(CONTENT, bytes.length), bytes.length);
            if (!MessageDigest.isEqual(signature, signature(content))) {
                return new Link.Unknown();
            }
            ByteBuffer read = ByteBuffer.wrap(content);
            UUID invitation = new UUID(read.getLong(), read.getLong());
            boolean good = now.isBefore(Instant.ofEpochSecond(read.getLong()));
            return good ? new Link.Good(invitation) : new Link.Expired(invitation);
        } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
            return new Link.Unknown();
        }
    }

    /** Asked for when it is first needed: a service that starts while the database is away must start all the same. */
    private byte[] key() {
        byte[] known = key;
        if (known == null) {
            String set = properties.key();
            known = set == null || set.isBlank() ? store.key(random()) : set.getBytes(StandardCharsets.UTF_8);
            key = known;
        }
        return known;
    }

    private static byte[] random() {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private byte[] signature(byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key(), HMAC));
            return mac.doFinal(content);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JVM has " + HMAC, missing);
        }
    }
}
