package org.casewire.twin.handset;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.casewire.twin.handset.InboundCalls.Ringing;
import org.casewire.twin.handset.InboundTexts.Received;
import org.casewire.twin.http.Json;
import org.casewire.twin.http.Problem;
import org.casewire.twin.ledger.Direction;
import org.casewire.twin.ledger.Handsets;
import org.casewire.twin.ledger.Media;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.number.NumberPlan;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.number.OwnNumber;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code /twin/handsets}: what a person does and sees. */
public final class HandsetService implements HttpService {

    private static final Pattern HANDSET = Pattern.compile("\\+?[A-Za-z0-9]{3,20}");
    private static final int LONGEST_BODY = 1_600;
    private static final int MOST_MEDIA = 10;

    private final Handsets handsets;
    private final Numbers numbers;
    private final InboundTexts texts;
    private final InboundCalls calls;
    private final MediaFetcher media;

    /** Serves these handsets. */
    public HandsetService(
            Handsets handsets, Numbers numbers, InboundTexts texts, InboundCalls calls, MediaFetcher media) {
        this.handsets = handsets;
        this.numbers = numbers;
        this.texts = texts;
        this.calls = calls;
        this.media = media;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/{number}/messages", this::received)
                .post("/{number}/messages", this::text)
                .post("/{number}/calls", this::call);
    }

    private void received(ServerRequest request, ServerResponse response) {
        List<Message> received = handsets.texts(handset(request)).stream()
                .filter(message -> message.direction() != Direction.INBOUND)
                .toList();
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.array(received, HandsetService::write));
    }

    private static void write(JsonGenerator json, Message message) {
        json.writeStartObject();
        json.writeStringProperty("sid", message.sid());
        json.writeStringProperty("from", message.from());
        json.writeStringProperty("body", message.text());
        json.writeArrayPropertyStart("media");
        message.media().stream().map(Media::url).forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("at", message.shownAt().toString());
        json.writeEndObject();
    }

    private void text(ServerRequest request, ServerResponse response) {
        String handset = handset(request);
        JsonNode body = Json.body(request);
        OwnNumber number = number(body);
        List<String> mediaUrls = mediaUrls(body);
        String words = words(body, mediaUrls);
        Received received = texts.receive(handset, number, words, media.fetchAll(mediaUrls));
        created(response, json -> {
            json.writeStringProperty("sid", received.message().sid());
            write(json, received.webhookStatus());
        });
    }

    private void call(ServerRequest request, ServerResponse response) {
        Ringing ringing = calls.ring(handset(request), number(Json.body(request)));
        created(response, json -> {
            json.writeStringProperty("sid", ringing.sid());
            write(json, ringing.webhookStatus());
            json.writeStringProperty("twiml", ringing.twiml());
        });
    }

    private static void write(JsonGenerator json, @Nullable Integer webhookStatus) {
        json.writeName("webhookStatus");
        if (webhookStatus == null) {
            json.writeNull();
        } else {
            json.writeNumber(webhookStatus);
        }
    }

    private static void created(ServerResponse response, java.util.function.Consumer<JsonGenerator> properties) {
        response.status(Status.CREATED_201)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(Json.object(properties));
    }

    private static String handset(ServerRequest request) {
        String number = NumberPlan.international(request.path().pathParameters().get("number"));
        if (!HANDSET.matcher(number).matches()) {
            throw Problem.badRequest(
                    "INVALID_NUMBER", "number", "A handset is named by its number, for example +14045550123.");
        }
        return number;
    }

    private OwnNumber number(JsonNode body) {
        JsonNode to = body.path("to");
        if (!to.isString()) {
            throw Problem.badRequest("INVALID_REQUEST", "to", "\"to\" must name the number that is texted or called.");
        }
        return numbers.find(NumberPlan.international(to.asString()))
                .orElseThrow(
                        () -> Problem.notFound("UNKNOWN_NUMBER", "No account of this twin owns the number \"to\"."));
    }

    private static String words(JsonNode body, List<String> mediaUrls) {
        JsonNode words = body.path("body");
        boolean given = words.isString();
        boolean absent = words.isMissingNode() || words.isNull();
        if (!given && !(absent && !mediaUrls.isEmpty())) {
            throw Problem.badRequest(
                    "INVALID_REQUEST", "body", "\"body\" must be text; only a picture can do without.");
        }
        if (given && words.asString().length() > LONGEST_BODY) {
            throw Problem.badRequest("BODY_TOO_LONG", "body", "\"body\" may have 1,600 characters at most.");
        }
        return given ? words.asString() : "";
    }

    private static List<String> mediaUrls(JsonNode body) {
        JsonNode list = body.path("mediaUrls");
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        List<String> urls = new ArrayList<>();
        list.forEach(url -> urls.add(url.isString() ? url.asString() : ""));
        if (!list.isArray() || urls.size() > MOST_MEDIA || urls.contains("")) {
            throw Problem.badRequest(
                    "INVALID_MEDIA", "mediaUrls", "\"mediaUrls\" must be a list of at most 10 addresses.");
        }
        return urls;
    }
}
