package org.casewire.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people of the demo site and the matters they work on, as their case-management system would publish them; they
 * lie beside this class as JSON.
 */
final class DemoCast {

    private DemoCast() {}

    static Stream<UpstreamEvent> events() throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoCast.class.getResourceAsStream("events.json"))) {
            return JsonMapper.shared()
                    .readTree(in)
                    .valueStream()
                    .map(event -> UpstreamEvent.of(event.path("type").asString(), (ObjectNode) event.path("value")));
        }
    }
}
