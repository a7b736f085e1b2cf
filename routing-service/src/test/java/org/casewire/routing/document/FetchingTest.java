package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.document.TwilioStub.content;
import static org.casewire.routing.document.TwilioStub.first;
import static org.casewire.routing.document.TwilioStub.packed;
import static org.casewire.routing.document.TwilioStub.redirect;
import static org.casewire.routing.document.TwilioStub.status;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.routing.document.ReceivedFile.State;
import org.casewire.routing.document.TwilioStub.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchingTest extends FilesOfASite {

    private static final byte[] PICTURE = Samples.jpeg(200_000);
    private static final int FORTY_MEGABYTES = 40_000_000;

    private void isRefused(String sid, Reason reason) {
        ReceivedFile file = settled(sid);
        assertThat(file.state()).isEqualTo(State.REFUSED);
        assertThat(file.reason()).isEqualTo(reason);
        assertThat(file.detail()).isNotBlank();
        assertThat(file.href()).isNull();
        assertThat(storedSoFar(sid)).isEmpty();
        assertThat(kept(sid)).doesNotExist();
    }

    private void isUnavailable(String sid, Reason reason) {
        ReceivedFile file = settled(sid);
        assertThat(file.state()).isEqualTo(State.UNAVAILABLE);
        assertThat(file.reason()).isEqualTo(reason);
        assertThat(file.detail()).isNotBlank();
    }

    @Test
    void aPictureIsKeptAndToldOf() throws IOException {
        String sid = receives(TWILIO.file(content("image/jpeg", PICTURE)));

        Entry told = stored(sid, 1).getFirst();
        assertThat(told.key()).isEqualTo(SITE + "|" + contact);
        assertThat(told.json().get("sha256").asString()).isEqualTo(Samples.sha256(PICTURE));
        assertThat(told.json().get("bytes").asLong()).isEqualTo(PICTURE.length);
        assertThat(told.json().get("contentType").asString()).isEqualTo("image/jpeg");
        ReceivedFile file = file(sid);
        assertThat(file.state()).isEqualTo(State.STORED);
        assertThat(told.json().get("documentId").asString()).isEqualTo(String.valueOf(file.documentId()));
        assertThat(told.json().get("href").asString()).isEqualTo(file.href());
        Path kept = kept(sid);
        assertThat(kept).hasBinaryContent(PICTURE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.getParent())))
                .isEqualTo("rwx------");
        assertThat(storedSoFar(sid)).hasSize(1);
    }

    @Test
    void everyFileOfATextIsADocumentOfItsOwn() {
        String sid = receives(
                TWILIO.file(content("image/jpeg", PICTURE)),
                TWILIO.file(content("text/html", Samples.html())),
                TWILIO.file(content("image/png", Samples.png())));

        settled(sid);
        assertThat(files(SITE, sid))
                .extracting(ReceivedFile::state)
                .containsExactly(State.STORED, State.REFUSED, State.STORED);
        assertThat(stored(sid, 2))
                .extracting(entry -> entry.json().get("documentId").asString())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void whatTwilioSendsUsToGetsNoCredentials() {
        String storage = TWILIO.storage(content("image/jpeg", PICTURE));
        String between = TWILIO.storage(redirect(storage));
        String url = TWILIO.file(redirect(between));

        assertThat(settled(receives(url)).state()).isEqualTo(State.STORED);

        assertThat(TWILIO.asked(url)).extracting(Asked::user).containsExactly(TwilioStub.ACCOUNT);
        assertThat(TWILIO.asked(between)).extracting(Asked::user).containsExactly((String) null);
        assertThat(TWILIO.asked(storage)).extracting(Asked::user).containsExactly((String) null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "https://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:1/",
                "https://localhost/",
                "https://[::1]/",
                "https://2130706433/",
                "https://user:password@example.org/",
                "http://example.org/picture.jpg",
                "file:///etc/passwd",
                "//10.0.0.1/picture.jpg",
                "gopher://example.org/",
                "https://"
            })
    void aRedirectToWhereNothingIsFetchedFromIsNotFollowed(String location) {
        isRefused(receives(TWILIO.file(redirect(location))), Reason.FORBIDDEN_REDIRECT);
    }

    @Test
    void aRedirectToAnotherServerOfThisMachineIsNotFollowed() {
        TwilioStub other = new TwilioStub();
        isRefused(
                receives(TWILIO.file(redirect(other.storage(content("image/jpeg", PICTURE))))),
                Reason.FORBIDDEN_REDIRECT);
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void redirectsWithoutEndAreLeft() {
        String round = TWILIO.storage(
                (exchange, time) -> redirect(exchange.getRequestURI().getPath()).answer(exchange, time));

        isUnavailable(receives(TWILIO.file(redirect(round))), Reason.REDIRECT_LOOP);
        assertThat(TWILIO.asked(round)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/MM1/Media/ME1",
                "http://127.0.0.1:1/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/MM1/Media/ME1",
                "{twilio}/2010-04-01/Accounts/AC99999999999999999999999999999999/Messages/MM1/Media/ME1",
                "{twilio}/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/MM1/Media/../../ME1",
                "{twilio}/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/MM1/Media/%2e%2e",
                "{twilio}/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/MM1/Media/ME1?x=1",
                "{twilio}/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef.json",
                "{twilio}/storage/1",
                "{twilio}@example.org/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/MM1/Media/ME1",
                "http://x@{twilio}/",
                "file:///etc/passwd",
                "not an address",
                ""
            })
    void anAddressThatIsNotTheSitesAtTwilioIsNotAsked(String url) {
        int before = TWILIO.asked().size();
        String sid = receives(url.replace("{twilio}", TWILIO.url()));
        ReceivedFile file = settled(sid);

        assertThat(file.state()).isEqualTo(State.REFUSED);
        assertThat(file.reason()).isEqualTo(Reason.FOREIGN_ADDRESS);
        assertThat(TWILIO.asked().subList(before, TWILIO.asked().size()))
                .noneMatch(asked -> url.endsWith(asked.path()) && url.length() > 1);
    }

    @Test
    void aSubAccountsFileIsFetchedInItsOwnNameWhenItsWebhookSaidSo() {
        TWILIO.knows(TwilioStub.SUB_ACCOUNT, TwilioStub.NEXT_TOKEN);
        String url = TWILIO.file(TwilioStub.SUB_ACCOUNT, content("image/jpeg", PICTURE));

        assertThat(settled(receives(url)).reason()).isEqualTo(Reason.FOREIGN_ADDRESS);
        String sid = receives(SITE, Map.of("AccountSid", TwilioStub.SUB_ACCOUNT), url);
        assertThat(settled(sid).state()).isEqualTo(State.STORED);
        assertThat(TWILIO.asked(url)).extracting(Asked::user).containsOnly(TwilioStub.SUB_ACCOUNT);

        String ofASiteWithoutItsToken = receives(SMALL, Map.of("AccountSid", TwilioStub.SUB_ACCOUNT), url);
        assertThat(settled(SMALL, ofASiteWithoutItsToken).reason()).isEqualTo(Reason.FOREIGN_ADDRESS);
    }

    @Test
    void aTokenThatIsBeingChangedIsTriedBothWays() {
        TWILIO.knows(TwilioStub.ACCOUNT, TwilioStub.NEXT_TOKEN);
        try {
            String sid = receives(TWILIO.file(content("image/jpeg", PICTURE)));
            assertThat(settled(sid).state()).isEqualTo(State.STORED);
        } finally {
            TWILIO.knows(TwilioStub.ACCOUNT, TwilioStub.TOKEN);
        }
    }

    @Test
    void wrongCredentialsAreStatedWhileItIsTriedAndWhenItIsGivenUp() {
        String url = TWILIO.file(status(401));
        String sid = receives(url);

        await().untilAsserted(() -> {
            assertThat(file(sid).state()).isEqualTo(State.PENDING);
            assertThat(file(sid).reason()).isEqualTo(Reason.NO_CREDENTIALS);
        });
        isUnavailable(sid, Reason.NO_CREDENTIALS);
        assertThat(TWILIO.asked(url).size()).isGreaterThan(4);
    }

    @Test
    void aSiteWithoutAnAccountHasNoFiles() {
        String sid = receives(WITHOUT_ACCOUNT, Map.of(), TWILIO.file(content("image/jpeg", PICTURE)));

        assertThat(settled(WITHOUT_ACCOUNT, sid).reason()).isEqualTo(Reason.NO_CREDENTIALS);
    }

    @Test
    void whatIsNotThereAtFirstIsFetchedOnceItIs() {
        String url = TWILIO.file(first(3, status(404), content("image/jpeg", PICTURE)));

        assertThat(settled(receives(url)).state()).isEqualTo(State.STORED);
        assertThat(TWILIO.asked(url)).hasSize(4);
    }

    @Test
    void aFileThatNeverComesIsStatedAsSuch() {
        String url = TWILIO.file(status(404));
        String sid = receives(url);

        isUnavailable(sid, Reason.NOT_FOUND);
        int asked = TWILIO.asked(url).size();
        assertThat(asked).isBetween(4, 40);
        assertThat(storedSoFar(sid)).isEmpty();
    }

    @Test
    void anEmptyFileIsWaitedForAndGivenUp() {
        isUnavailable(receives(TWILIO.file(content("image/jpeg", TwilioStub.nothing()))), Reason.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void whenTwilioCannotNowItIsAskedAgain(int status) {
        String url = TWILIO.file(first(2, status(status), content("image/jpeg", PICTURE)));

        assertThat(settled(receives(url)).state()).isEqualTo(State.STORED);
    }

    @Test
    void twiliosWishToBeLeftAloneIsGranted() {
        AtomicLong asked = new AtomicLong();
        AtomicLong askedAgain = new AtomicLong();
        String sid = receives(TWILIO.file((exchange, time) -> {
            (time == 1 ? asked : askedAgain).set(System.nanoTime());
            exchange.getResponseHeaders().set("Retry-After", "1");
            (time == 1 ? status(429) : content("image/jpeg", PICTURE)).answer(exchange, time);
        }));

        assertThat(settled(sid).state()).isEqualTo(State.STORED);
        assertThat(Duration.ofNanos(askedAgain.get() - asked.get())).isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void anAnswerThatBreaksOffIsNoFile() {
        String sid = receives(TWILIO.file((exchange, time) -> {
            exchange.sendResponseHeaders(200, PICTURE.length);
            exchange.getResponseBody().write(PICTURE, 0, time == 1 ? 1000 : PICTURE.length);
        }));

        assertThat(settled(sid).state()).isEqualTo(State.STORED);
        assertThat(kept(sid)).hasBinaryContent(PICTURE);
    }

    @Test
    void htmlThatSaysItIsAPictureIsRefused() {
        isRefused(receives(TWILIO.file(content("image/jpeg", Samples.html()))), Reason.TYPE_NOT_KEPT);
    }

    @Test
    void aZipThatSaysItIsAPictureIsRefused() {
        isRefused(receives(TWILIO.file(content("image/jpeg", Samples.zip()))), Reason.TYPE_NOT_KEPT);
    }

    @Test
    void aDrawingWithAScriptIsRefusedUnlessTheSiteKeepsDrawings() {
        isRefused(receives(TWILIO.file(content("image/jpeg", Samples.svg()))), Reason.TYPE_NOT_KEPT);

        String sid = receives(SMALL, Map.of(), TWILIO.file(content("image/jpeg", Samples.svg())));
        assertThat(settled(SMALL, sid).contentType()).isEqualTo("image/svg+xml");
    }

    @Test
    void aPictureOfTheWrongNameIsKeptAsWhatItIs() {
        String sid = receives(TWILIO.file(content("text/html", Samples.png())));

        assertThat(settled(sid).contentType()).isEqualTo("image/png");
    }

    @Test
    void fortyMegabytesAreRefusedBeforeTheyAreFetched() {
        AtomicLong sent = new AtomicLong();
        isRefused(
                receives(TWILIO.file((exchange, time) -> {
                    exchange.sendResponseHeaders(200, FORTY_MEGABYTES);
                    send(exchange, sent);
                })),
                Reason.TOO_LARGE);
        assertThat(sent.get()).isLessThan(FORTY_MEGABYTES);
    }

    @Test
    void fortyMegabytesThatNobodyAnnouncedAreCutOff() throws IOException {
        AtomicLong sent = new AtomicLong();
        isRefused(
                receives(TWILIO.file((exchange, time) -> {
                    exchange.sendResponseHeaders(200, 0);
                    send(exchange, sent);
                })),
                Reason.TOO_LARGE);
        assertThat(sent.get()).isLessThan(FORTY_MEGABYTES);
        try (Stream<Path> spooled = Files.list(FOLDER.resolve(".incoming"))) {
            assertThat(spooled.filter(file -> file.toFile().length() >= MOST_BYTES))
                    .isEmpty();
        }
    }

    private static void send(HttpExchange exchange, AtomicLong sent) throws IOException {
        OutputStream out = exchange.getResponseBody();
        while (sent.get() < FORTY_MEGABYTES) {
            out.write(PICTURE);
            sent.addAndGet(PICTURE.length);
        }
    }

    @Test
    void aFileOfExactlyTheMostBytesIsKeptAndOneMoreIsNot() {
        String fits = receives(TWILIO.file(content("image/jpeg", Samples.jpeg(MOST_BYTES))));
        String tooLarge = receives(TWILIO.file((exchange, time) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Samples.jpeg(MOST_BYTES + 1));
        }));

        assertThat(settled(fits).state()).isEqualTo(State.STORED);
        isRefused(tooLarge, Reason.TOO_LARGE);
    }

    @Test
    void whatWasPackedForTheWayIsUnpacked() {
        String sid = receives(TWILIO.file(packed("gzip", Samples.gzip(PICTURE))));

        assertThat(settled(sid).state()).isEqualTo(State.STORED);
        assertThat(kept(sid)).hasBinaryContent(PICTURE);
    }

    @Test
    void littleThatUnpacksToMuchIsRefused() {
        byte[] bomb = Samples.gzip(Samples.jpeg(FORTY_MEGABYTES / 4));
        isRefused(receives(TWILIO.file(packed("gzip", Samples.gzip(new byte[FORTY_MEGABYTES])))), Reason.TYPE_NOT_KEPT);
        isRefused(
                receives(TWILIO.file(packed("gzip, gzip", Samples.gzip(Samples.gzip(bigPicture()))))),
                Reason.TOO_LARGE);
        isRefused(receives(TWILIO.file(packed("gzip", Samples.gzip(bigPicture())))), Reason.TOO_LARGE);
        isRefused(receives(TWILIO.file(packed("gzip,gzip,gzip", bomb))), Reason.UNKNOWN_ENCODING);
        isRefused(receives(TWILIO.file(packed("br", PICTURE))), Reason.UNKNOWN_ENCODING);
        isRefused(receives(TWILIO.file(packed("gzip", PICTURE))), Reason.UNKNOWN_ENCODING);
    }

    /** Packs to next to nothing. */
    private static byte[] bigPicture() {
        byte[] picture = new byte[FORTY_MEGABYTES];
        System.arraycopy(Samples.jpeg(100), 0, picture, 0, 100);
        return picture;
    }

    @Test
    void whatDripsForEverIsLeftAndDoesNotHoldUpTheOthers() {
        CountDownLatch end = new CountDownLatch(1);
        String[] drips = IntStream.range(0, 3)
                .mapToObj(i -> TWILIO.file((exchange, time) -> drip(exchange, end)))
                .toArray(String[]::new);
        String slow = receives(drips);
        await().until(() -> TWILIO.asked(drips[2]).size() > 0);

        String quick = receives(TWILIO.file(content("image/jpeg", PICTURE)));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(files(SITE, quick))
                        .singleElement()
                        .extracting(ReceivedFile::state)
                        .isEqualTo(State.STORED));
        assertThat(file(slow).state()).isEqualTo(State.PENDING);

        isUnavailable(slow, Reason.TOO_SLOW);
        end.countDown();
    }

    private static void drip(HttpExchange exchange, CountDownLatch end) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        byte[] picture = Samples.jpeg(1000);
        for (byte drop : picture) {
            out.write(drop);
            out.flush();
            if (isOver(end)) {
                return;
            }
        }
    }

    private static boolean isOver(CountDownLatch end) {
        try {
            return end.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    @Test
    void whatAKilledInstanceHadTakenIsFetchedByAnother() {
        String sid = "MM" + UUID.randomUUID();
        String url = TWILIO.file(content("image/jpeg", PICTURE));
        String key = "ab".repeat(16) + UUID.randomUUID().toString().replace("-", "");
        left(sid, url, key, "half of it".getBytes());

        assertThat(settled(sid).state()).isEqualTo(State.STORED);
        assertThat(path(key)).hasBinaryContent(PICTURE);
        assertThat(stored(sid, 1)).hasSize(1);
    }

    @Test
    void whatAKilledInstanceHadStoredIsSweptWhenTheFileIsRefusedAfterAll() {
        String sid = "MM" + UUID.randomUUID();
        String key = "cd".repeat(16) + UUID.randomUUID().toString().replace("-", "");
        left(sid, TWILIO.file(content("image/jpeg", Samples.html())), key, PICTURE);

        assertThat(settled(sid).state()).isEqualTo(State.REFUSED);
        await().until(() -> Files.notExists(path(key)));
    }

    /** What is there after a crash between the store and the commit. */
    private void left(String sid, String url, String key, byte[] content) {
        try {
            Files.createDirectories(path(key).getParent());
            Files.write(path(key), content);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        jdbc.sql("""
                        INSERT INTO document (site, sid, number, contact, url, cases, object_key, expected_at, state,
                                              next_attempt, attempts, tried_since)
                        VALUES (?, ?, 0, ?, ?, '[]', ?, now(), 'PENDING', now() + interval '300 milliseconds', 1, now())
                        """).params(List.of(SITE, sid, contact, url, key)).update();
    }
}
