package org.casewire.twin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.casewire.twin.http.Form;

/** Twilio's signature written a second time, to check the first. */
final class TwilioSignature {

    private TwilioSignature() {}

    static String of(String token, String url, Form form) throws Exception {
        TreeMap<String, String> sorted = new TreeMap<>();
        form.fields().forEach(field -> sorted.put(field.name(), field.value()));
        StringBuilder text = new StringBuilder(url);
        sorted.forEach((name, value) -> text.append(name).append(value));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
