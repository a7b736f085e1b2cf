package org.casewire.ingest.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Twilio describes it, written apart from the code that verifies. */
public final class Signer {

    private Signer() {}

    /** {@code X-Twilio-Signature} for an address and a form of names and values in turn. */
    public static String sign(String authToken, String url, List<String> form) {
        TreeMap<String, TreeSet<String>> sorted = new TreeMap<>();
        for (int at = 0; at < form.size(); at += 2) {
            sorted.computeIfAbsent(form.get(at), name -> new TreeSet<>()).add(form.get(at + 1));
        }
        StringBuilder text = new StringBuilder(url);
        sorted.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
