package org.casewire.twin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.casewire.twin.http.Json;
import org.casewire.twin.webhook.Debugger;
import org.casewire.twin.webhook.Debugger.Complaint;
import tools.jackson.core.JsonGenerator;

/** {@code /twin} itself: health, what Twilio's debugger would show, and forgetting everything. */
final class ControlService implements HttpService {

    private final Debugger debugger;
    private final Runnable forget;

    ControlService(Debugger debugger, Runnable forget) {
        this.debugger = debugger;
        this.forget = forget;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/health", this::health).get("/debugger", this::complaints).delete("/", this::forget);
    }

    private void health(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(Json.object(json -> json.writeStringProperty("status", "UP")));
    }

    private void complaints(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(Json.array(debugger.complaints(), ControlService::write));
    }

    private static void write(JsonGenerator json, Complaint complaint) {
        json.writeStartObject();
        json.writeStringProperty("sid", complaint.sid());
        json.writeNumberProperty("code", complaint.code());
        json.writeStringProperty("at", complaint.at().toString());
        json.writeEndObject();
    }

    private void forget(ServerRequest request, ServerResponse response) {
        forget.run();
        response.status(Status.NO_CONTENT_204).send();
    }
}
