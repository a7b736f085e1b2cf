package org.casewire.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.casewire.local.demo.DemoSite;

/** What a person is told when everything is up; its text lies beside this class. */
final class Summary {

    private Summary() {}

    static String of(StackDescription stack, Path stackFile, Secrets secrets, Path root, Duration took)
            throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("seconds", String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0));
        values.put("front-door", stack.frontDoor());
        values.put("staff", DemoSite.STAFF);
        values.put("staff-password", secrets.signInPassword(DemoSite.STAFF));
        values.put("admin", DemoSite.ADMIN);
        values.put("admin-password", secrets.signInPassword(DemoSite.ADMIN));
        values.put("twin", stack.twilio().url());
        values.put("kafka", stack.kafka());
        values.put("postgres", stack.postgres().url());
        values.put("logs", stack.logs());
        values.put("stack-file", stackFile.toString());
        values.put("number", DemoSite.NUMBER);
        values.put("root", root.toString());
        values.put("message-1", UUID.randomUUID().toString());
        values.put("message-2", UUID.randomUUID().toString());
        return filledIn(text(), values);
    }

    private static String filledIn(String text, Map<String, String> values) {
        String result = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.replace("{" + value.getKey() + "}", value.getValue());
        }
        return result;
    }

    private static String text() throws IOException {
        try (InputStream in = Objects.requireNonNull(Summary.class.getResourceAsStream("summary.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
