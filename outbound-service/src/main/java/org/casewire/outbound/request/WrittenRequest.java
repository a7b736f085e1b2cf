package org.casewire.outbound.request;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a send request from the body of an HTTP request; the site is the address's, the sender the token's. */
final class WrittenRequest {

    /** More than a Kafka record holds, so that a text that is too long is refused as one on both ways. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private WrittenRequest() {}

    static Reading<SendRequested> read(InputStream body, String site, Jwt token) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Problem(
                    HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "A send request has at most 2 MB of JSON.");
        }
        try {
            JsonNode tree = WireJson.MAPPER.readTree(bytes);
            if (!(tree instanceof ObjectNode request)) {
                throw invalid("The body must be a JSON object.");
            }
            if (request.hasNonNull("site") && !site.equals(request.get("site").asString(""))) {
                throw invalid("site differs from the one in the address.");
            }
            request.put("site", site);
            if (!mayNameSender(token) || !request.hasNonNull("sentBy")) {
                request.put("sentBy", token.getSubject());
            }
            return WireJson.read(WireJson.MAPPER.writeValueAsBytes(request), SendRequested.class);
        } catch (JacksonException unreadable) {
            throw Problem.unreadable(unreadable);
        }
    }

    /** A service sends on behalf of its users; a person sends as who they are. */
    private static boolean mayNameSender(Jwt token) {
        List<String> roles = token.getClaimAsStringList("roles");
        return roles != null && roles.contains("service");
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, RejectionReason.INVALID_REQUEST.name(), detail);
    }
}
