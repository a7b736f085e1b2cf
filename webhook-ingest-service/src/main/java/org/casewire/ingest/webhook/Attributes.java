package org.casewire.ingest.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What Twilio said beside the fields of an event, by its own names. */
final class Attributes {

    private static final String IDEMPOTENCY_TOKEN = "I-Twilio-Idempotency-Token";

    /** Ours: the signature was wrong in this way, and the webhook was taken in shadow mode or by an operator. */
    private static final String UNVERIFIED = "Casewire-Unverified";

    private Attributes() {}

    /** All but what the fields tell; a name that is repeated keeps all its values, one a line. */
    static Map<String, String> of(Webhook webhook, Set<String> told) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Parameter parameter : webhook.form().parameters()) {
            if (!told.contains(parameter.name())) {
                attributes.merge(parameter.name(), parameter.value(), (one, next) -> one + "\n" + next);
            }
        }
        if (webhook.idempotencyToken() != null) {
            attributes.put(IDEMPOTENCY_TOKEN, webhook.idempotencyToken());
        }
        if (webhook.unverified() != null) {
            attributes.put(UNVERIFIED, webhook.unverified().name());
        }
        return attributes;
    }
}
