package org.casewire.bench.ingest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * Status callbacks as they stand on the wire, signed before anything is measured: Twilio does that on machines of its
 * own. They are posted in turn; each SID is remembered by the number of its callback.
 */
final class Callbacks {

    static final int COUNT = 60_000;

    private static final int CONTACTS = 5_000;
    private static final String SID = "SM%032x";

    private final byte[][] requests = new byte[COUNT][];
    private int next;

    /** Signed for a running stack, as it describes itself. */
    static Callbacks of(JsonNode stack) {
        JsonNode twilio = stack.path("twilio");
        return new Callbacks(
                stack.path("publicBaseUrl").asString(),
                twilio.path("accountSid").asString(),
                twilio.path("authToken").asString(),
                twilio.path("number").asString());
    }

    /** @param publicBaseUrl what the signatures are made for */
    Callbacks(String publicBaseUrl, String accountSid, String authToken, String sender) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            for (int number = 0; number < COUNT; number++) {
                requests[number] = request(publicBaseUrl, form(number, accountSid, sender), number, mac);
            }
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static TreeMap<String, String> form(int number, String accountSid, String sender) {
        String sid = SID.formatted(number);
        return new TreeMap<>(Map.of(
                "AccountSid",
                accountSid,
                "ApiVersion",
                "2010-04-01",
                "From",
                sender,
                "MessageSid",
                sid,
                "MessageStatus",
                "delivered",
                "RawDlrDoneDate",
                "2603011000",
                "SmsSid",
                sid,
                "SmsStatus",
                "delivered",
                "To",
                "+1404%07d".formatted(5_550_000 + number % CONTACTS)));
    }

    private static byte[] request(String publicBaseUrl, TreeMap<String, String> form, int number, Mac mac) {
        String path =
                "/twilio/demo/status?attempt=" + new UUID(1, number) + "&message=" + new UUID(2, number) + "&part=1";
        StringBuilder signed = new StringBuilder(publicBaseUrl).append(path);
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> {
            signed.append(name).append(value);
            body.append(body.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        byte[] signature = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
        String text = """
                POST %s HTTP/1.1\r
                Host: casewire.example.org\r
                User-Agent: TwilioProxy/1.1\r
                Accept: */*\r
                Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r
                Content-Length: %d\r
                I-Twilio-Idempotency-Token: %s\r
                X-Home-Region: us1\r
                X-Twilio-Signature: %s\r
                \r
                %s""".formatted(
                path, body.length(), new UUID(3, number), Base64.getEncoder().encodeToString(signature), body);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of the next callback. */
    int next() {
        int number = next;
        next = (next + 1) % COUNT;
        return number;
    }

    byte[] request(int number) {
        return requests[number];
    }

    /** The number of the callback with this SID. */
    static int number(String sid) {
        return Integer.parseInt(sid.substring(sid.length() - 8), 16);
    }
}
