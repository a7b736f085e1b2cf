package org.casewire.outbound.consent;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;

/**
 * What an administrator writes to change a consent.
 *
 * @param source how the person said it; left out means that staff was told
 * @param at when the person said it; left out means now
 */
record ConsentForm(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        State state,

        @Nullable Source source,

        @ArraySchema(maxItems = 20, schema = @Schema(maxLength = 100)) @Nullable
        List<@Nullable String> categories,

        @Nullable Evidence evidence,
        @Nullable Instant at) {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_CATEGORIES = 20;
    private static final int MAX_CATEGORY = 100;
    private static final Set<Source> ONLY_HEARD = Set.of(Source.KEYWORD, Source.PLAIN_LANGUAGE, Source.TWILIO_BLOCK);

    /** @throws Problem naming the field that cannot be read */
    static ConsentForm read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "A consent has at most 64 kB of JSON.");
        }
        try {
            Reading<ConsentForm> form = WireJson.read(bytes, ConsentForm.class);
            if (form.value() == null) {
                throw invalid("The body must be a JSON object.");
            }
            if (!form.problems().isEmpty()) {
                throw invalid(String.join(
                                "; ",
                                form.problems().stream().map(Object::toString).toList())
                        + ".");
            }
            return form.value();
        } catch (JacksonException unreadable) {
            throw Problem.unreadable(unreadable);
        }
    }

    /** @throws Problem naming the field that is missing or wrong */
    Statement statement(Conversation person, ConsentPolicy policy, String by, Instant now, String traceParent) {
        if (state == null) {
            throw invalid("state is missing: one of " + List.of(State.values()) + ".");
        }
        Source road = source == null ? Source.STAFF : source;
        if (ONLY_HEARD.contains(road)) {
            throw invalid(
                    "source " + road + " is what Casewire itself hears; say STAFF, WEB_FORM, UPSTREAM or IMPORT.");
        }
        if (at != null && at.isAfter(now)) {
            throw invalid("at lies ahead; it is when the person said it.");
        }
        try {
            return new Statement(
                    person,
                    Consents.asSaid(state, policy),
                    road,
                    checkedCategories(),
                    evidence(by),
                    at == null ? now : at,
                    traceParent);
        } catch (DateTimeException unknownToCalendars) {
            throw invalid(unknownToCalendars.getMessage() + ".");
        }
    }

    private Evidence evidence(String by) {
        return evidence == null
                ? new Evidence(null, null, by, null)
                : new Evidence(evidence.sid(), evidence.words(), by, evidence.form());
    }

    private List<String> checkedCategories() {
        if (categories == null) {
            return List.of();
        }
        boolean wrong =
                categories.stream().anyMatch(one -> one == null || one.isBlank() || one.length() > MAX_CATEGORY);
        if (wrong || categories.size() > MAX_CATEGORIES) {
            throw invalid("categories must be at most %d words of at most %d characters."
                    .formatted(MAX_CATEGORIES, MAX_CATEGORY));
        }
        return categories.stream().map(String::valueOf).toList();
    }

    static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
