package org.casewire.twin.rest;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What a REST call is answered with. */
public sealed interface Answer {

    /** A JSON document. */
    record Json(int status, byte[] body) implements Answer {}

    /** No content. */
    record Empty() implements Answer {}

    /** Elsewhere. */
    record Redirect(String location) implements Answer {}

    /** None: the connection is closed. */
    record Dropped() implements Answer {}

    /** One JSON object. */
    static Answer object(int status, Consumer<JsonGenerator> properties) {
        return new Json(status, org.casewire.twin.http.Json.object(properties));
    }

    /** The HTTP status, or null where there is no answer. */
    default @Nullable Integer httpStatus() {
        return switch (this) {
            case Json json -> json.status();
            case Empty _ -> 204;
            case Redirect _ -> 302;
            case Dropped _ -> null;
        };
    }
}
