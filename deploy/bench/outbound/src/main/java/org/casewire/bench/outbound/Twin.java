package org.casewire.bench.outbound;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Twilio twin in a process of its own, whose number has no rate: the stack's own sends a segment a second. */
final class Twin implements AutoCloseable {

    private static final double NO_RATE = 1e12;

    /** It remembers every text, and should not be busy with tidying up. */
    private static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g", "-Xmn1g");

    private static final long READY_WITHIN = TimeUnit.SECONDS.toNanos(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Account account;
    private final int port;
    private final Process process;

    private Twin(Account account, int port, Process process) {
        this.account = account;
        this.port = port;
        this.process = process;
    }

    /** What Twilio and the services know each other by. */
    record Account(String sid, String token) {

        static Account madeUp() {
            return new Account("AC" + hex(), hex());
        }

        private static String hex() {
            HexFormat hex = HexFormat.of();
            RandomGenerator random = RandomGenerator.of("SecureRandom");
            return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
        }

        @Override
        public String toString() {
            return "Account[" + sid + "]";
        }
    }

    static Twin start(Path jar, Path folder, Account account, int port, List<String> javaOptions)
            throws IOException, InterruptedException {
        Path config = folder.resolve("twin.json");
        Files.deleteIfExists(config);
        Files.createFile(config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(config, """
                {"accounts":[{"sid":"%s","authToken":"%s","numbers":[{"number":"%s","ratePerSecond":%s}]}]}
                """.formatted(account.sid(), account.token(), Texts.SENDER, NO_RATE));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(javaOptions);
        command.addAll(HEAP);
        command.addAll(
                List.of("-jar", jar.toString(), "--port", Integer.toString(port), "--config", config.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("twin.log").toFile())
                .start();
        Twin twin = new Twin(account, port, process);
        twin.awaitReady();
        return twin;
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN;
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                get("/twin/health");
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new IllegalStateException("The twin did not start; see twin.log");
    }

    static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    Account account() {
        return account;
    }

    /** Puts faults in force, as JSON. */
    void faults(String document) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(port) + "/twin/faults"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(document))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("The twin refused faults: " + answer.body());
        }
    }

    /** How often each text is on a handset, by its number. */
    Map<Integer, Integer> received(Texts texts, int contacts) throws IOException, InterruptedException {
        Map<Integer, Integer> received = new HashMap<>();
        for (int person = 0; person < contacts; person++) {
            for (JsonNode text : get("/twin/handsets/" + texts.contact(person) + "/messages")) {
                received.merge(Texts.numberOf(text.path("body").asString()), 1, Integer::sum);
            }
        }
        return received;
    }

    /** When each text was first asked for at Twilio, by its number; of the last 100,000 calls. */
    Calls calls() throws IOException, InterruptedException {
        Map<Integer, Instant> calls = new HashMap<>();
        for (JsonNode call : get("/twin/requests")) {
            String body = call.path("form").path("Body").asString("");
            if (!body.isEmpty()) {
                calls.putIfAbsent(
                        Texts.numberOf(body), Instant.parse(call.path("at").asString()));
            }
        }
        return new Calls(calls);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url(port) + path)).build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
        http.close();
    }
}
