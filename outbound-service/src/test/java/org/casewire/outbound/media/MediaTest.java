package org.casewire.outbound.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.casewire.events.address.PublicAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {

    private static final ConcurrentLinkedQueue<String> ASKED = new ConcurrentLinkedQueue<>();

    /** Who is not waited for may ask when the next test has begun. */
    private static final ConcurrentLinkedQueue<String> ASKED_IN_VAIN = new ConcurrentLinkedQueue<>();

    private static final CountDownLatch ENOUGH = new CountDownLatch(1);
    private static HttpsServer server;
    private static SSLContext trust;

    /** A picture server with a certificate for pictures.example.org, on this machine. */
    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        char[] secret = "changeit".toCharArray();
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "pictures",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-dname",
                        "CN=pictures.example.org",
                        "-ext",
                        "SAN=dns:pictures.example.org",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(secret))
                .inheritIO()
                .start()
                .waitFor();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, secret);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(store, secret);
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("pictures", store.getCertificate("pictures"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(known);
        trust = SSLContext.getInstance("TLS");
        trust.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trust));
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", exchange -> {
            String[] told = exchange.getRequestURI().getPath().substring(1).split("~");
            (told[0].equals("hang") ? ASKED_IN_VAIN : ASKED)
                    .add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answer(exchange, told);
        });
        server.start();
    }

    /** The path says the answer: status~type~length. */
    private static void answer(com.sun.net.httpserver.HttpExchange exchange, String[] told) throws IOException {
        if (told[0].equals("hang")) {
            try {
                ENOUGH.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        if (told.length > 1 && !told[1].isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", told[1].replace('_', '/'));
        }
        if (told.length > 2) {
            exchange.getResponseHeaders().set("Content-Length", told[2]);
        }
        exchange.getResponseHeaders().set("Location", "https://pictures.example.org/elsewhere");
        exchange.sendResponseHeaders(told[0].equals("hang") ? 200 : Integer.parseInt(told[0]), -1);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        ENOUGH.countDown();
        server.stop(0);
    }

    @AfterEach
    void forget() {
        ASKED.clear();
    }

    private static Media media(Predicate<InetAddress> allowed, Duration timeout) {
        DnsResolver here = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                if (host.startsWith("nowhere")) {
                    throw new UnknownHostException(host);
                }
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return new Media(
                new MediaProperties(List.of(), timeout, 8),
                new MediaProbe(here, allowed, new DefaultClientTlsStrategy(trust), timeout));
    }

    private static String url(String host, String path) {
        return "https://" + host + ":" + server.getAddress().getPort() + "/" + path;
    }

    private static Map<String, String> objections(String... urls) {
        return media(address -> true, Duration.ofSeconds(5)).objections(List.of(urls));
    }

    @ParameterizedTest
    @CsvSource({
        "200~image_jpeg~5242880,",
        "200~IMAGE_PNG;q=1~10,",
        "200~video_mp4,",
        "200,",
        "200~~10,",
        "404~text_html~10,",
        "405~text_html,",
        "301~text_html~10,",
        "302~text_html~10,",
        "500,",
        "200~image_png~5242881, is larger than the 5 MB a picture message holds",
        "200~text_html~10, is of a type that no picture message takes; JPEG; PNG and GIF always work",
        "200~application_zip~10, is of a type that no picture message takes; JPEG; PNG and GIF always work"
    })
    void whatIsThereIsJudgedByOneHead(String path, String objection) {
        String url = url("pictures.example.org", path);
        Map<String, String> found = objections(url);
        assertThat(found.get(url)).isEqualTo(objection == null ? null : objection.replace("JPEG;", "JPEG,"));
        assertThat(ASKED).containsExactly("HEAD /" + path);
    }

    @Test
    void aNameThatPointsInsideIsRefusedBeforeAnybodyIsCalled() {
        String url = url("pictures.example.org", "200~image_png");
        assertThat(media(PublicAddress::isPublic, Duration.ofSeconds(5)).objections(List.of(url)))
                .containsEntry(url, "does not lie on the public internet, where pictures are fetched from");
        assertThat(ASKED).isEmpty();
    }

    @Test
    void whatCannotBeReachedIsLeftToTwilio() {
        assertThat(objections(
                        url("nowhere.example.org", "200~text_html"),
                        url("other.example.org", "200~text_html"),
                        "https://pictures.example.org:1/a.png"))
                .isEmpty();
        assertThat(ASKED).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerHoldsNobodyUp() {
        Media impatient = media(address -> true, Duration.ofMillis(500));
        List<String> urls = IntStream.range(0, 40)
                .mapToObj(i -> url("pictures.example.org", "hang~" + i))
                .toList();
        long start = System.nanoTime();
        assertThat(impatient.objections(urls)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(ASKED_IN_VAIN).hasSizeLessThanOrEqualTo(8);
    }
}
