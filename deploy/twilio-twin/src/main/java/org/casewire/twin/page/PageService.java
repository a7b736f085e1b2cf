package org.casewire.twin.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.casewire.twin.http.Json;
import org.casewire.twin.ledger.Changes;
import org.casewire.twin.ledger.Direction;
import org.casewire.twin.ledger.Handsets;
import org.casewire.twin.ledger.Media;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.number.OwnNumber;
import org.casewire.twin.optout.BlockList;
import tools.jackson.core.JsonGenerator;

/** {@code /twin/}: the page, what it shows, and a stream that says when to look again. */
public final class PageService implements HttpService {

    private static final int HANDSETS_SHOWN = 50;
    private static final int TEXTS_SHOWN = 100;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final String POLICY =
            "default-src 'self'; img-src * data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html;charset=utf-8",
            "page.css", "text/css;charset=utf-8",
            "page.js", "text/javascript;charset=utf-8");

    private final Handsets handsets;
    private final Numbers numbers;
    private final BlockList blockList;

    /** Shows these handsets. */
    public PageService(Handsets handsets, Numbers numbers, BlockList blockList) {
        this.handsets = handsets;
        this.numbers = numbers;
        this.blockList = blockList;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", (request, response) -> page(request, response))
                .get("/page.css", (_, response) -> file("page.css", response))
                .get("/page.js", (_, response) -> file("page.js", response))
                .get("/handsets", this::show)
                .get("/events", this::tell);
    }

    private static void page(ServerRequest request, ServerResponse response) {
        if (!request.prologue().uriPath().rawPath().endsWith("/")) {
            response.status(Status.PERMANENT_REDIRECT_308)
                    .header(HeaderNames.LOCATION, "/twin/")
                    .send();
            return;
        }
        file("index.html", response);
    }

    private static void file(String name, ServerResponse response) {
        try (InputStream file = PageService.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("The jar lacks " + name);
            }
            response.header(HeaderNames.CONTENT_TYPE, TYPES.getOrDefault(name, "application/octet-stream"))
                    .header(HeaderNames.CACHE_CONTROL, "no-cache")
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .send(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(ServerRequest request, ServerResponse response) {
        List<String> latest = handsets.latest(HANDSETS_SHOWN);
        byte[] document = Json.object(json -> {
            json.writeArrayPropertyStart("numbers");
            numbers.all().stream().map(OwnNumber::number).forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("handsets");
            latest.forEach(handset -> write(json, handset));
            json.writeEndArray();
        });
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(document);
    }

    private void write(JsonGenerator json, String handset) {
        List<Message> texts = handsets.texts(handset);
        json.writeStartObject();
        json.writeStringProperty("number", handset);
        json.writeArrayPropertyStart("stopped");
        blockList.blockedBy(handset).forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("texts");
        texts.subList(Math.max(0, texts.size() - TEXTS_SHOWN), texts.size()).forEach(text -> write(json, text));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Message text) {
        boolean mine = text.direction() == Direction.INBOUND;
        json.writeStartObject();
        json.writeStringProperty("sid", text.sid());
        json.writeBooleanProperty("mine", mine);
        json.writeStringProperty("with", mine ? text.to() : text.from());
        json.writeStringProperty("body", text.text());
        json.writeArrayPropertyStart("media");
        text.media().stream().map(Media::url).forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("at", text.shownAt().toString());
        json.writeEndObject();
    }

    /** Server-sent events: one whenever a handset shows something new. */
    private void tell(ServerRequest request, ServerResponse response) throws IOException {
        Changes changes = handsets.changes();
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream").header(HeaderNames.CACHE_CONTROL, "no-store");
        try (OutputStream events = response.outputStream()) {
            long seen = -1;
            while (!Thread.currentThread().isInterrupted()) {
                long now = changes.awaitMoreThan(seen, HEARTBEAT);
                String event = now == seen ? ": still here\n\n" : "data: " + now + "\n\n";
                events.write(event.getBytes(StandardCharsets.UTF_8));
                events.flush();
                seen = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
