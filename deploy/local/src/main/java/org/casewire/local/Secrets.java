package org.casewire.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.function.Supplier;

/** The passwords of one stack: made up when they are first needed, and the same ones ever after. */
final class Secrets {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"; // nothing that looks like another

    private final SecureRandom random = new SecureRandom();
    private final Path file;
    private final Properties known = new Properties();

    Secrets(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                known.load(in);
            }
        }
    }

    String postgresPassword() throws IOException {
        return named("postgres", () -> hex(16));
    }

    String databasePassword(String role) throws IOException {
        return named("postgres." + role, () -> hex(16));
    }

    String twilioAccountSid() throws IOException {
        return named("twilio.account-sid", () -> "AC" + hex(16));
    }

    String twilioAuthToken() throws IOException {
        return named("twilio.auth-token", () -> hex(16));
    }

    /** A password that a person types. */
    String signInPassword(String user) throws IOException {
        return named("sign-in." + user, () -> letters(4) + "-" + letters(4) + "-" + letters(4));
    }

    private synchronized String named(String name, Supplier<String> madeUp) throws IOException {
        String value = known.getProperty(name);
        if (value == null) {
            value = madeUp.get();
            known.setProperty(name, value);
            StringWriter text = new StringWriter();
            known.store(text, "Made up for this stack");
            DataFolder.writePrivately(file, text.toString());
        }
        return value;
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder();
        random.ints(count, 0, LETTERS.length()).forEach(index -> text.append(LETTERS.charAt(index)));
        return text.toString();
    }
}
