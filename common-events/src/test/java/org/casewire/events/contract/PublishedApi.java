package org.casewire.events.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a service, held against the copy in {@code docs/contract/openapi}. */
public final class PublishedApi {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PublishedApi() {}

    /** Fails when what a running service says of itself is not the committed copy, or breaks what was published. */
    public static void requireUnchanged(int port, String service) {
        JsonNode now = ordered(JsonMapper.shared().readTree(document(port)));
        String file = "openapi/" + service + ".json";
        String baseline = "baseline/openapi/" + service + ".json";
        List<String> broken =
                Committed.isThere(baseline) ? Compatibility.ofHttp(Committed.read(baseline), now) : List.of();
        Committed.requireSame(
                file,
                now,
                "mvn -pl %s -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dcontract.write"
                        .formatted(service));
        Committed.requireCompatible(baseline, now, broken);
    }

    private static String document(int port) {
        return Objects.requireNonNull(RestClient.create("http://127.0.0.1:" + port + "/v3/api-docs")
                .get()
                .retrieve()
                .body(String.class));
    }

    /** In one order, so that a copy differs only where the service does. */
    private static JsonNode ordered(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                Map<String, JsonNode> fields = new TreeMap<>();
                object.forEachEntry((name, value) -> fields.put(name, ordered(value)));
                ObjectNode sorted = NODES.objectNode();
                fields.forEach(sorted::set);
                yield sorted;
            }
            case ArrayNode array -> {
                ArrayNode all = NODES.arrayNode();
                array.forEach(value -> all.add(ordered(value)));
                yield all;
            }
            default -> node;
        };
    }
}
