package org.casewire.twin.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;

/** A refusal of the twin's own API, answered as an RFC 9457 problem document. */
public final class Problem extends RuntimeException {

    private final int status;
    private final String code;
    private final @Nullable String field;
    private final String detail;

    private Problem(int status, String code, @Nullable String field, String detail) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.detail = detail;
    }

    /** 400: the field is named. */
    public static Problem badRequest(String code, String field, String detail) {
        return new Problem(400, code, field, detail);
    }

    /** 404. */
    public static Problem notFound(String code, String detail) {
        return new Problem(404, code, null, detail);
    }

    /** Sends the document. */
    public void answer(ServerResponse response) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .send(Json.object(json -> {
                    json.writeStringProperty("type", "about:blank");
                    json.writeStringProperty("title", Status.create(status).reasonPhrase());
                    json.writeNumberProperty("status", status);
                    json.writeStringProperty("detail", detail);
                    json.writeStringProperty("code", code);
                    if (field != null) {
                        json.writeStringProperty("field", field);
                    }
                }));
    }
}
