package org.casewire.twin.fault;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.casewire.twin.http.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code /twin/faults}: GET what is in force and how often it hit, PUT replaces everything. */
public final class FaultService implements HttpService {

    private static final Logger LOG = LoggerFactory.getLogger(FaultService.class);

    private final Faults faults;

    /** Serves these faults. */
    public FaultService(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::answer).put("/", this::replace);
    }

    private void replace(ServerRequest request, ServerResponse response) {
        faults.replace(FaultDocument.read(Json.body(request)));
        LOG.atInfo().addKeyValue("count", faults.inForce().all().size()).log("Faults replaced");
        answer(request, response);
    }

    private void answer(ServerRequest request, ServerResponse response) {
        Faults.InForce now = faults.inForce();
        byte[] document = Json.object(json -> {
            write(json, "create", now.create());
            write(json, "list", now.list());
            write(json, "callback", now.callback());
            write(json, "webhook", now.webhook());
            write(json, "media", now.media());
        });
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(document);
    }

    private static void write(JsonGenerator json, String step, List<? extends FaultRule<?>> rules) {
        json.writeArrayPropertyStart(step);
        for (FaultRule<?> rule : rules) {
            json.writeStartObject();
            rule.asGiven().without("hits").forEachEntry((field, value) -> write(json, field, value));
            json.writeNumberProperty("hits", rule.hits());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String field, JsonNode value) {
        json.writeName(field);
        json.writeTree(value);
    }
}
