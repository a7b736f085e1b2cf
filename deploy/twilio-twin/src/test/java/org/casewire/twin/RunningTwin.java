package org.casewire.twin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.casewire.twin.account.AccountSettings;
import org.casewire.twin.http.Form;
import org.casewire.twin.http.Json;
import tools.jackson.databind.JsonNode;

/** A twin on a free port, with the webhooks of its account, spoken to over HTTP. */
final class RunningTwin implements AutoCloseable {

    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String OTHER_ACCOUNT = "AC00000000000000000000000000000002";
    static final String SERVICE = "MG00000000000000000000000000000001";
    static final String TOKEN = "12345";
    static final String NUMBER = "+14045550100";
    static final String FAST = "+14045550101";
    static final String HANDSET = "+14045550123";

    record Response(int status, String body, HttpResponse<String> raw) {
        JsonNode json() {
            return Json.parse(body.getBytes(StandardCharsets.UTF_8));
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        int code() {
            return json().path("code").asInt();
        }
    }

    private final Path folder;
    private final WebhookReceiver webhooks = new WebhookReceiver();
    private final HttpClient client = HttpClient.newHttpClient();
    private Twin twin;

    RunningTwin(Path folder) throws Exception {
        this.folder = folder;
        this.twin = start();
    }

    private Twin start() throws Exception {
        Path config = folder.resolve("accounts.json");
        Files.writeString(config, configuration());
        Options options = new Options("127.0.0.1", 0, config, folder.resolve("data"), null, null, Duration.ZERO);
        return Twin.start(options, AccountSettings.read(config), Clock.systemUTC());
    }

    private String configuration() {
        return """
                {"accounts": [
                  {"sid": "%s", "authToken": "%s",
                   "numbers": [
                     {"number": "%s", "smsUrl": "%s", "voiceUrl": "%s", "ratePerSecond": 5},
                     {"number": "%s", "ratePerSecond": 5000}],
                   "services": [{"sid": "%s", "numbers": ["%s"]}],
                   "apiKeys": {"SK00000000000000000000000000000001": "secret"}},
                  {"sid": "%s", "authToken": "67890", "numbers": [{"number": "+14045550199"}]}]}
                """.formatted(
                        ACCOUNT,
                        TOKEN,
                        NUMBER,
                        webhooks.url("/sms"),
                        webhooks.url("/voice"),
                        FAST,
                        SERVICE,
                        FAST,
                        OTHER_ACCOUNT);
    }

    /** Stops the twin and starts it again on the same data. */
    void restart() throws Exception {
        twin.close();
        twin = start();
    }

    void stop() {
        twin.close();
    }

    void startAgain() throws Exception {
        twin = start();
    }

    Path journal() {
        return folder.resolve("data").resolve("twin.jsonl");
    }

    WebhookReceiver webhooks() {
        return webhooks;
    }

    String url(String path) {
        return twin.url() + path;
    }

    static String credentials(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(20));
    }

    Response send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Response(response.statusCode(), response.body(), response);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private HttpRequest.Builder asAccount(String resource) {
        return request("/2010-04-01/Accounts/" + ACCOUNT + "/" + resource)
                .header("Authorization", credentials(ACCOUNT, TOKEN));
    }

    Response get(String resource) throws IOException {
        return send(asAccount(resource).build());
    }

    Response delete(String resource) throws IOException {
        return send(asAccount(resource).DELETE().build());
    }

    Response post(String resource, String... nameValues) throws IOException {
        Form form = new Form();
        for (int i = 0; i < nameValues.length; i += 2) {
            form.add(nameValues[i], nameValues[i + 1]);
        }
        return send(asAccount(resource)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.encoded()))
                .build());
    }

    /** Sends a text from the fast number. */
    Response text(String to, String body, String... more) throws IOException {
        String[] form = new String[6 + more.length];
        System.arraycopy(new String[] {"To", to, "From", FAST, "Body", body}, 0, form, 0, 6);
        System.arraycopy(more, 0, form, 6, more.length);
        return post("Messages.json", form);
    }

    /** The twin's own API. */
    Response twin(String method, String path, String body) throws IOException {
        return send(request("/twin" + path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    Response faults(String document) throws IOException {
        return twin("PUT", "/faults", document);
    }

    Response say(String handset, String words) throws IOException {
        return say(handset, words, NUMBER);
    }

    Response say(String handset, String words, String to) throws IOException {
        byte[] body = Json.object(json -> {
            json.writeStringProperty("to", to);
            json.writeStringProperty("body", words);
        });
        return twin("POST", "/handsets/" + handset + "/messages", new String(body, StandardCharsets.UTF_8));
    }

    /** The texts a handset received, oldest first. */
    List<JsonNode> received(String handset) throws IOException {
        return StreamSupport.stream(
                        twin("GET", "/handsets/" + handset + "/messages", "")
                                .json()
                                .spliterator(),
                        false)
                .toList();
    }

    List<String> bodies(String handset) throws IOException {
        return received(handset).stream()
                .map(text -> text.path("body").asString())
                .toList();
    }

    String status(String sid) throws IOException {
        return get("Messages/" + sid + ".json").text("status");
    }

    @Override
    public void close() {
        twin.close();
        webhooks.close();
    }
}
