package org.casewire.outbound.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said whether a number may be texted.
 *
 * @param at when the person said it
 */
public record Statement(
        Conversation person,
        State state,
        Source source,
        List<String> categories,
        @Nullable Evidence evidence,
        Instant at,
        String traceParent) {

    private static final int LONGEST = 4_000;

    public Statement {
        categories =
                categories.stream().map(Statement::kept).map(String::valueOf).toList();
        evidence = kept(evidence);
        // As the database keeps it, so that what is read back is what was said.
        at = calendar(at).truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant calendar(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("at must lie in the years 1 to 9999");
        }
        return time;
    }

    private static @Nullable Evidence kept(@Nullable Evidence given) {
        if (given == null) {
            return null;
        }
        Evidence kept = new Evidence(kept(given.sid()), kept(given.words()), kept(given.by()), kept(given.form()));
        return kept.equals(new Evidence(null, null, null, null)) ? null : kept;
    }

    /** As much as is worth keeping of one field, without half characters. */
    private static @Nullable String kept(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        return given.codePoints()
                .limit(LONGEST)
                .map(point -> point == 0 || Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * What makes it the same statement when it comes again: the text it was said in, else everything it says. A case
     * worker may decide twice about one text.
     */
    String identity() {
        String sid = evidence == null ? null : evidence.sid();
        return sid != null && source != Source.STAFF ? "sid:" + sid + ":" + state : "sha256:" + digest();
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(
                            WireJson.MAPPER.writeValueAsString(event()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }

    ConsentChanged event() {
        return new ConsentChanged(person.site(), person.contact(), state, source, categories, evidence, at);
    }
}
