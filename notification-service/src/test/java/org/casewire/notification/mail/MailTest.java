package org.casewire.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.Office;
import org.casewire.notification.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionOperations;

/** Against a real mail server, which is up, down, slow and choosy in turn; the clock is moved by hand. */
@ServiceTest
class MailTest {

    private static final AtomicInteger SITES = new AtomicInteger();
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Sites sites;
    private final SettableClock clock;
    private final JavaMailSenderImpl sender;
    private final MeterRegistry meters;
    private final JdbcClient jdbc;
    private final MailLines lines;
    private final TransactionOperations transactions;

    private final String site = "mail-" + SITES.incrementAndGet();
    private final String address = site + "@example.org";
    private Office office;
    private Duration ahead = Duration.ZERO;
    private GreenMail server;

    MailTest(
            Sites sites,
            SettableClock clock,
            JavaMailSenderImpl sender,
            MeterRegistry meters,
            JdbcClient jdbc,
            MailLines lines,
            TransactionOperations transactions) {
        this.sites = sites;
        this.clock = clock;
        this.sender = sender;
        this.meters = meters;
        this.jdbc = jdbc;
        this.lines = lines;
        this.transactions = transactions;
    }

    @BeforeEach
    void open() {
        office = Office.open(site, "PRIMARY", sites);
        tell(address, "Ana's Office");
        serve(port());
    }

    @AfterEach
    void close() {
        clock.run();
        server.stop();
        sender.setPort(9);
        sender.setUsername(null);
        sender.setPassword(null);
        jdbc.sql("DELETE FROM mail_matters").update();
        jdbc.sql("DELETE FROM mail_lines").update();
    }

    private void tell(String address, String name) {
        SiteDocument document = WireJson.MAPPER.readValue(
                WireJson.MAPPER.writeValueAsString(java.util.Map.of(
                        "site", site, "timeZone", "America/New_York", "unassignedEmail", address, "displayName", name)),
                SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(site).filter(document::equals).isPresent());
    }

    private static int port() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(int port) {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
        server.start();
        sender.setPort(port);
    }

    private void later(Duration time) {
        ahead = ahead.plus(time);
        clock.runAhead(ahead);
    }

    /** What the site got, oldest first. */
    private List<MimeMessage> got(String to) {
        return Stream.of(server.getReceivedMessages())
                .filter(mail -> header(mail, "To").equals(to))
                .toList();
    }

    private List<MimeMessage> awaitGot(String to, int count) {
        return await().until(() -> got(to), mails -> mails.size() >= count);
    }

    private static String header(MimeMessage mail, String name) {
        try {
            String[] values = mail.getHeader(name);
            return values == null ? "" : String.join("|", values);
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String words(MimeMessage mail) {
        try {
            return mail.getSubject() + "\n" + mail.getContent();
        } catch (IOException | MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void awaitNoted(int matters) {
        await().until(() -> jdbc.sql("SELECT count(*) FROM mail_matters WHERE site = :site AND told_at IS NULL")
                        .param("site", site)
                        .query(Integer.class)
                        .single()
                >= matters);
    }

    private double failures(String failure) {
        return meters.find("casewire.mail.failures").tag("failure", failure).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void theFirstTextIsToldAtOnceAndTheNextOnesTogether() throws Exception {
        String body = "I was told to text " + UUID.randomUUID();
        office.leavesUnassigned(body);
        MimeMessage first = awaitGot(address, 1).getFirst();
        assertThat(first.getSubject()).isEqualTo("A text at Ana's Office waits to be filed");
        assertThat(first.getRecipients(RecipientType.TO)).hasSize(1);
        assertThat(words(first))
                .contains("https://cases.example.org/texts?site=" + site)
                .doesNotContain(body)
                .doesNotContain("4045387319")
                .doesNotContain("538");
        assertThat(header(first, "From")).isEqualTo("casewire@casewire.example");
        assertThat(header(first, "Auto-Submitted")).isEqualTo("auto-generated");

        office.leavesUnassigned(body);
        office.leavesUnassigned(body);
        String filed = office.leavesUnassigned(body);
        awaitNoted(3);
        office.moves(filed, List.of(), Office.aCase());
        await().untilAsserted(() -> assertThat(untold()).isEqualTo(2));
        assertThat(got(address)).hasSize(1);

        later(QUARTER);
        assertThat(awaitGot(address, 2).get(1).getSubject()).isEqualTo("2 texts at Ana's Office wait to be filed");
        assertThat(untold()).isZero();
    }

    private int untold() {
        return jdbc.sql("SELECT count(*) FROM mail_matters WHERE site = :site AND told_at IS NULL")
                .param("site", site)
                .query(Integer.class)
                .single();
    }

    @Test
    void aServerThatWasDownGetsTheMailWhenItIsUpAgain() throws Exception {
        int port = sender.getPort();
        server.stop();
        double before = failures("MailConnectException");
        office.leavesUnassigned("while it is down");
        await().until(() -> failures("MailConnectException") > before);
        office.leavesUnassigned("and another");
        awaitNoted(2);
        serve(port);
        later(Duration.ofMinutes(2));
        assertThat(awaitGot(address, 1))
                .singleElement()
                .satisfies(mail -> assertThat(mail.getSubject()).startsWith("2 texts"));
    }

    @Test
    void wrongCredentialsAreTriedAgainUntilTheyAreRight() {
        server.setUser("casewire", "right");
        sender.setUsername("casewire");
        sender.setPassword("wrong");
        double before = failures("user name or password refused");
        office.leavesUnassigned("not yet");
        await().until(() -> failures("user name or password refused") > before);
        assertThat(got(address)).isEmpty();
        sender.setPassword("right");
        later(Duration.ofMinutes(2));
        assertThat(awaitGot(address, 1)).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerHoldsNothingUpAndTheMailKeepsItsId() throws Exception {
        int good = sender.getPort();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            sender.setPort(silent.getLocalPort());
            office.leavesUnassigned("slowly");
            try (Socket caller = silent.accept();
                    InputStream nothing = caller.getInputStream()) {
                UUID id = await().until(this::mailId, found -> found != null);
                assertThat(nothing).isNotNull();
                await().until(() -> isReleased());
                sender.setPort(good);
                later(Duration.ofMinutes(2));
                assertThat(header(awaitGot(address, 1).getFirst(), "Message-ID"))
                        .isEqualTo("<" + id + "@casewire.example>");
            }
        }
    }

    private UUID mailId() {
        return jdbc.sql("SELECT mail_id FROM mail_lines WHERE site = :site")
                .param("site", site)
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    private boolean isReleased() {
        return jdbc.sql("SELECT claimed_until IS NULL AND attempts > 0 FROM mail_lines WHERE site = :site")
                .param("site", site)
                .query(Boolean.class)
                .single();
    }

    @Test
    void anAddressThatIsRefusedWaitsForAnotherOne() throws Exception {
        server.stop();
        try (ChoosyServer choosy = ChoosyServer.refusing(address)) {
            sender.setPort(choosy.port());
            double before = failures("address refused");
            office.leavesUnassigned("to nobody");
            await().until(() -> failures("address refused") > before);
            tell("other-" + address, "Ana's Office");
            await().untilAsserted(() -> assertThat(choosy.taken()).containsExactly("other-" + address));
            assertThat(failures("address refused")).isEqualTo(before + 1);
        }
    }

    @Test
    void aNameWithALineEndAddsNoHeader() throws Exception {
        tell(address, "Ana\r\nBcc: thief@example.org\r\n\r\nHello");
        office.leavesUnassigned("inject");
        MimeMessage mail = awaitGot(address, 1).getFirst();
        assertThat(mail.getSubject()).isEqualTo("A text at Ana Bcc: thief@example.org Hello waits to be filed");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(got("thief@example.org")).isEmpty();
    }

    @Test
    void anAddressWithALineEndIsNone() {
        for (String strange : List.of(
                "a@example.org\r\nBcc: thief@example.org",
                "a@example.org, thief@example.org",
                "friends: a@example.org, b@example.org;",
                "a",
                "a@",
                " ")) {
            assertThat(Recipients.read(strange)).as(strange).isEmpty();
        }
        assertThat(Recipients.read(" front.desk@example.org ")).isPresent();
    }

    @Test
    void deadLettersGoToTheirSiteOrToTheOperator() {
        String secret = "text-" + UUID.randomUUID();
        TestLog.write(Topics.CASES, site + "|CASE|16E-1", "NobodyKnowsThis", "{\"site\":\"%s\"}".formatted(secret));
        MimeMessage ours = awaitGot(address, 1).getFirst();
        assertThat(words(ours))
                .startsWith("A record of Ana's Office could not be handled")
                .contains("sms.cases.dlt, ")
                .doesNotContain(secret)
                .doesNotContain("16E-1");

        TestLog.write(Topics.CASES, "nowhere|CASE|16E-2", "NobodyKnowsThis", secret);
        assertThat(awaitGot("operator@casewire.example", 1)).isNotEmpty();
    }

    @Test
    void nobodyIsToldThatADeadLetterWasReplayedOrStandsSomewhereElseNow() {
        ProducerRecord<String, byte[]> note =
                new ProducerRecord<>(Topics.CASES + ".dlt", 0, site + "|CASE|16E-3", null);
        note.headers().add("x-replayed", "0".getBytes(StandardCharsets.UTF_8));
        TestLog.send(note);
        ProducerRecord<String, byte[]> moved =
                new ProducerRecord<>(Topics.CASES + ".dlt", 0, site + "|CASE|16E-5", new byte[0]);
        moved.headers().add("x-moved-from", "7".getBytes(StandardCharsets.UTF_8));
        TestLog.send(moved);
        TestLog.send(new ProducerRecord<>(Topics.CASES + ".dlt", 0, site + "|CASE|16E-4", new byte[0]));
        assertThat(words(awaitGot(address, 1).getFirst()))
                .startsWith("A record of ")
                .containsOnlyOnce("sms.cases.dlt, ");
    }

    @Test
    void ofASiteWithoutAnAddressNothingIsKept() {
        tell("", "Ana's Office");
        office.leavesUnassigned("for nobody");
        await().until(
                        () -> meters
                                        .find("casewire.mail.untold")
                                        .tag("reason", "NO_ADDRESS")
                                        .tag("kind", "unassigned")
                                        .counters()
                                        .stream()
                                        .mapToDouble(counter -> counter.count())
                                        .sum()
                                > 0);
        assertThat(untold()).isZero();
    }

    @Test
    void whatCannotBeToldForAWeekIsDropped() {
        server.stop();
        office.leavesUnassigned("never");
        awaitNoted(1);
        later(Duration.ofDays(7).plusSeconds(1));
        await().until(() -> untold() == 0);
        await().untilAsserted(() -> assertThat(
                        meters.counter("casewire.mail.untold", "kind", "unassigned", "reason", "EXPIRED")
                                .count())
                .isPositive());
    }

    /** In one transaction, so that the running service, which is years ahead, sees nothing of it. */
    @Test
    void anEmailOfAnInstanceThatDiedIsTakenOverWithItsId() {
        transactions.executeWithoutResult(_ -> anInstanceDies());
    }

    private void anInstanceDies() {
        Line line = new Line("nobody-knows-" + site, Line.Kind.UNASSIGNED);
        Instant then = Instant.parse("2020-01-01T00:00:00Z");
        lines.note(List.of(new Matter(line, "SM1", then)), then);
        MailLines.Claim died = lines.claim(then, Duration.ofMinutes(5)).orElseThrow();
        assertThat(died.line()).isEqualTo(line);
        assertThat(lines.claim(then.plusSeconds(299), Duration.ofMinutes(5))).isEmpty();
        assertThat(lines.claim(then.plusSeconds(300), Duration.ofMinutes(5))).contains(died);
        lines.told(died, then.plusSeconds(301), then.plusSeconds(900));
        lines.note(List.of(new Matter(line, "SM1", then)), then.plusSeconds(302));
        assertThat(lines.claim(then.plusSeconds(2000), Duration.ofMinutes(5))).isEmpty();
    }
}
