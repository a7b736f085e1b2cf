package org.casewire.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code X-Twilio-Signature}: Base64 of the HMAC-SHA1 over the address and the sorted parameters. */
final class Signatures {

    static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";

    /** Of twenty bytes in Base64; what is longer or shorter costs no digest. */
    private static final int LENGTH = 28;

    private Signatures() {}

    static SecretKeySpec key(String authToken) {
        return new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Whether one of the keys makes this signature for one of the addresses. */
    static boolean isGenuine(String signature, List<SecretKeySpec> keys, List<String> addresses, Form form) {
        byte[] claimed = signature.getBytes(StandardCharsets.UTF_8);
        if (claimed.length != LENGTH) {
            return false;
        }
        byte[] text = form.signedText();
        for (SecretKeySpec key : keys) {
            Mac mac = mac(key);
            for (String address : addresses) {
                mac.update(address.getBytes(StandardCharsets.UTF_8));
                if (MessageDigest.isEqual(Base64.getEncoder().encode(mac.doFinal(text)), claimed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java runtime lacks " + ALGORITHM, missing);
        }
    }
}
