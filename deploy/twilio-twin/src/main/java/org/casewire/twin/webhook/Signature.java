package org.casewire.twin.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Comparator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.casewire.twin.http.Form;
import org.casewire.twin.http.Form.Field;

/** X-Twilio-Signature: HMAC-SHA1 over the address and the sorted parameters. */
final class Signature {

    private static final Comparator<Field> BY_NAME_AND_VALUE =
            Comparator.comparing(Field::name).thenComparing(Field::value);

    private Signature() {}

    /** Signs a form POST; a GET is signed with an empty form, its parameters being in the address. */
    static String of(SecretKeySpec key, String url, Form form) {
        StringBuilder signed = new StringBuilder(url);
        form.fields().stream()
                .distinct()
                .sorted(BY_NAME_AND_VALUE)
                .forEach(field -> signed.append(field.name()).append(field.value()));
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA1", e);
        }
    }
}
