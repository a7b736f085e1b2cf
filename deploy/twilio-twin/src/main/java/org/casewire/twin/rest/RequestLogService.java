package org.casewire.twin.rest;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.casewire.twin.http.Form;
import org.casewire.twin.http.Json;
import tools.jackson.core.JsonGenerator;

/** {@code GET /twin/requests}: what was called, oldest first. */
public final class RequestLogService implements HttpService {

    private final RequestLog log;

    /** Serves this log. */
    public RequestLogService(RequestLog log) {
        this.log = log;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::list);
    }

    private void list(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(Json.array(log.entries(), RequestLogService::write));
    }

    private static void write(JsonGenerator json, RequestLog.Entry entry) {
        json.writeStartObject();
        json.writeStringProperty("method", entry.method());
        json.writeStringProperty("path", entry.path());
        json.writeObjectPropertyStart("form");
        values(entry.parameters()).forEach((name, values) -> write(json, name, values));
        json.writeEndObject();
        Integer status = entry.status();
        json.writeName("status");
        if (status == null) {
            json.writeNull();
        } else {
            json.writeNumber(status);
        }
        json.writeStringProperty("at", entry.at().toString());
        json.writeEndObject();
    }

    private static Map<String, List<String>> values(Form form) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        form.fields().forEach(field -> values.computeIfAbsent(field.name(), form::all));
        return values;
    }

    /** A repeated parameter is a list. */
    private static void write(JsonGenerator json, String name, List<String> values) {
        if (values.size() == 1) {
            json.writeStringProperty(name, values.getFirst());
            return;
        }
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
