package org.casewire.outbound.site;

import java.util.Map;
import java.util.Optional;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Doubt.WhenTwilioCannotTell;
import org.casewire.events.transport.WhyUnreadable;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/** Reads a site document as a person wrote it: strictly, and naming what is wrong by its path. */
final class WrittenSite {

    private static final JsonMapper STRICT = WireJson.MAPPER
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** What a document carries that nobody sets. */
    private static final String UPDATED_AT = "updatedAt";

    private static final String SITE = "site";
    private static final String WHEN_TWILIO_CANNOT_TELL = "whenTwilioCannotTell";

    private WrittenSite() {}

    /** A document with a field that is unknown, of the wrong kind or out of bounds. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * Reads a document.
     *
     * @throws Unreadable naming the field
     */
    static SiteDocument read(byte[] json, String site) {
        try {
            if (STRICT.readTree(json) instanceof ObjectNode document) {
                return read(document, site);
            }
        } catch (JacksonException notJson) {
            throw new Unreadable(WhyUnreadable.reason(notJson));
        }
        throw new Unreadable("the body must be a JSON object: the site document");
    }

    private static SiteDocument read(ObjectNode document, String site) {
        JsonNode own = document.get(SITE);
        if (own != null && !own.isNull() && !(own.isString() && own.asString().equals(site))) {
            throw new Unreadable("site differs from the one in the address");
        }
        document.put(SITE, site);
        document.remove(UPDATED_AT);
        return read(document);
    }

    /** Reads a document that names its site itself. */
    static SiteDocument read(ObjectNode document) {
        problem(document, "").ifPresent(reason -> {
            throw new Unreadable(reason);
        });
        completeDoubt(document.get("doubt"));
        try {
            return STRICT.treeToValue(document, SiteDocument.class);
        } catch (JacksonException unreadable) {
            throw new Unreadable(reason(unreadable));
        }
    }

    /** Whoever sets only the grace time of a purpose keeps that purpose's own default for the rest. */
    private static void completeDoubt(@Nullable JsonNode doubt) {
        if (doubt == null || !doubt.isObject()) {
            return;
        }
        doubt.properties().forEach(purpose -> {
            boolean isUnsaid = purpose.getValue().isObject()
                    && !purpose.getValue().hasNonNull(WHEN_TWILIO_CANNOT_TELL)
                    && !purpose.getKey().equals(Purpose.CONVERSATION.name());
            if (isUnsaid) {
                ((ObjectNode) purpose.getValue()).put(WHEN_TWILIO_CANNOT_TELL, WhenTwilioCannotTell.RESEND.name());
            }
        });
    }

    /** What no field can hold, wherever it stands. */
    private static Optional<String> problem(JsonNode node, String path) {
        if (node.isString() && !isStorable(node.asString())) {
            return Optional.of(path + " holds a character that is none (U+0000 or half of a pair)");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String here = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Optional<String> found = isStorable(field.getKey())
                    ? problem(field.getValue(), here)
                    : Optional.of("a name in " + (path.isEmpty() ? "the document" : path)
                            + " holds a character that is none");
            if (found.isPresent()) {
                return found;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            String here = path + "[" + i + "]";
            Optional<String> found =
                    node.get(i).isNull() ? Optional.of(here + " must not be null") : problem(node.get(i), here);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    private static String reason(JacksonException unreadable) {
        String path = WhyUnreadable.path(unreadable.getPath());
        if (unreadable instanceof UnrecognizedPropertyException) {
            return path + " is not a setting of a site";
        }
        Throwable root = unreadable;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof IllegalArgumentException refused) {
            return WhyUnreadable.joined(path, String.valueOf(refused.getMessage()));
        }
        Class<?> target = unreadable instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return (path.isEmpty() ? "the document" : path) + " must be "
                + (target == null ? "a value in its bounds" : WhyUnreadable.kind(target));
    }
}
