package org.casewire.events.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The errors of operations: those that any may answer, and the one shape of all. */
final class ApiErrors {

    private static final String PROBLEM = "Problem";

    private ApiErrors() {}

    static void describe(Components components) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        fields.put("type", text("always about:blank; the code tells what it is"));
        fields.put("title", text("the status in words"));
        fields.put("status", new JsonSchema().types(Set.of("integer")));
        fields.put("detail", text("a sentence for people: what was wrong and what to do, naming the field"));
        fields.put("instance", text("the path that was asked for"));
        fields.put("code", text("for programs"));
        components.addSchemas(
                PROBLEM,
                new JsonSchema()
                        .types(Set.of("object"))
                        .description("RFC 9457")
                        .properties(fields)
                        .required(List.copyOf(fields.keySet())));
    }

    private static Schema<?> text(String description) {
        return new JsonSchema().types(Set.of("string")).description(description);
    }

    /** What any operation behind a token may answer; what it says of its own errors stays. */
    static void add(String path, Operation operation) {
        addIfNotSaid(operation, "400", "`INVALID_REQUEST`: the detail names what cannot be read");
        addIfNotSaid(operation, "401", "`UNAUTHENTICATED`: no valid token")
                .addHeaderObject(
                        "WWW-Authenticate",
                        new Header()
                                .description("`Bearer`, with `error` when the token that came is not valid (RFC 6750)")
                                .schema(new JsonSchema().types(Set.of("string"))));
        addIfNotSaid(operation, "403", "`FORBIDDEN`: the token's roles do not allow it");
        if (path.startsWith("/api/sites/{site}")) {
            addIfNotSaid(
                    operation,
                    "404",
                    "`UNKNOWN_SITE` or `NOT_FOUND`: there is no such thing, or it is of a site that is not the token's");
        }
        if (operation.getRequestBody() != null) {
            addIfNotSaid(operation, "415", "`UNSUPPORTED_MEDIA_TYPE`: the body is of another content type");
        }
        addIfNotSaid(operation, "503", "`STARTING`, `ISSUER_AWAY` and the like: try again after a moment")
                .addHeaderObject(
                        "Retry-After",
                        new Header().description("seconds").schema(new JsonSchema().types(Set.of("integer"))));
        addDefault(operation);
    }

    /** Whatever else may go wrong, in the same shape. */
    static void addDefault(Operation operation) {
        addIfNotSaid(operation, ApiResponses.DEFAULT, "What was wrong, and what to do");
        operation.getResponses().forEach((status, response) -> {
            boolean isError = status.equals(ApiResponses.DEFAULT) || status.compareTo("400") >= 0;
            if (isError && !isPage(response)) {
                response.setContent(problem());
            }
        });
    }

    /** A person who opens a link is told in words. */
    private static boolean isPage(ApiResponse response) {
        return response.getContent() != null && response.getContent().containsKey("text/html");
    }

    private static ApiResponse addIfNotSaid(Operation operation, String status, String description) {
        return operation.getResponses().computeIfAbsent(status, unsaid -> new ApiResponse().description(description));
    }

    private static Content problem() {
        Schema<?> reference = new JsonSchema().$ref("#/components/schemas/" + PROBLEM);
        return new Content().addMediaType("application/problem+json", new MediaType().schema(reference));
    }
}
