package org.casewire.routing.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.casesOf;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.routing.RoutingServiceApplication;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class RebuildTest {

    private static final String CLIENT = "+14045389001";

    private final Upstream site;
    private final JdbcClient jdbc;
    private final Environment settings;

    RebuildTest(Sites sites, JdbcClient jdbc, Environment settings) {
        this.site = new Upstream("rebuild", sites, jdbc);
        this.jdbc = jdbc;
        this.settings = settings;
    }

    private record Ended(int code, String output) {}

    /** As an operator would: a process of its own. */
    private Ended command(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RoutingServiceApplication.class.getName(),
                RebuildCommand.NAME));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private Ended rebuild(String database) throws IOException, InterruptedException {
        return command(
                "--spring.kafka.bootstrap-servers=" + settings.getProperty("spring.kafka.bootstrap-servers"),
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres");
    }

    private List<String> foundBy(String contact) {
        return jdbc.sql("SELECT case_id FROM case_number WHERE site = 'rebuild' AND contact = ? ORDER BY case_id")
                .param(contact)
                .query(String.class)
                .list();
    }

    @Test
    void whatIsMissingComesBackAndNothingThatIsNewerOrOnlyHereIsLost() throws IOException, InterruptedException {
        site.tellsOf(caseRef("LOST"), mobile(CLIENT), minute(1), minute(1));
        site.tellsOf(caseRef("NUMBERLESS"), mobile("404-538-9002"), minute(1), minute(1));
        site.tellsOf(caseRef("MOVED"), mobile("+14045389003"), minute(1), minute(1));
        site.tellsOf(caseRef("MOVED"), mobile("+14045389004"), minute(1), minute(2));
        site.tellsOf(caseRef("BURIED"), mobile(CLIENT), minute(1), minute(1));
        site.buries(caseRef("BURIED"));
        site.tellsOf(caseRef("REVIVED"), mobile("+14045389005"), minute(1), minute(1));
        site.buries(caseRef("REVIVED"));
        site.tellsOf(
                caseRef("REVIVED"),
                mobile("+14045389006"),
                minute(1),
                Instant.now().plusSeconds(60));
        site.texts(caseRef("TEXTED"), "+14045389007", minute(1));
        TestLog.write(Topics.CASES, "rebuild|CASE|BAD", "CaseChanged", "{\"site\":");
        // What the log no longer tells, and what only the log tells.
        jdbc.sql("""
                        INSERT INTO case_file (site, kind, case_id, updated_at, gone_at, log_offset, log_time, phones)
                        VALUES ('rebuild', 'CASE', 'LONG-GONE', now(), now(), 0, now(), '{}')
                        """).update();
        jdbc.sql("DELETE FROM case_file WHERE site = 'rebuild' AND case_id = 'LOST'")
                .update();
        jdbc.sql("DELETE FROM case_number WHERE site = 'rebuild' AND case_id IN ('LOST', 'NUMBERLESS')")
                .update();
        String committed = "SELECT count(*) FROM last_texted WHERE site = 'rebuild'";
        long texted = site.count(committed);

        Ended ended = rebuild(settings.getProperty("spring.datasource.url"));

        assertThat(ended.output()).contains("records of sms.cases merged", "could not be read and were left out");
        assertThat(ended.code()).isZero();
        assertThat(foundBy(CLIENT)).containsExactly("LOST");
        assertThat(foundBy("+14045389002")).containsExactly("NUMBERLESS");
        assertThat(foundBy("+14045389003")).isEmpty();
        assertThat(foundBy("+14045389004")).containsExactly("MOVED");
        assertThat(foundBy("+14045389005")).isEmpty();
        assertThat(foundBy("+14045389006")).containsExactly("REVIVED");
        assertThat(jdbc.sql("SELECT case_id FROM case_file WHERE site = 'rebuild' AND gone_at IS NOT NULL")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("BURIED", "LONG-GONE");
        assertThat(site.count(committed)).isEqualTo(texted);
        assertThat(casesOf(site.receives("SM-after", "+14045389007", "?"))).containsExactly("TEXTED");
        assertThat(casesOf(site.receives("SM-found", CLIENT, "?"))).containsExactly("LOST");
    }

    @Test
    void aDatabaseWithoutTablesIsSaidToBeOne() throws IOException, InterruptedException {
        site.tellsOf(caseRef("SOMEWHERE"), mobile("+14045389008"), minute(1), minute(1));
        Ended ended = rebuild(RealParts.newDatabase());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("the service's tables are not there");
    }

    @Test
    void helpTellsWhatItDoesAndAMistakeIsRefused() throws IOException, InterruptedException {
        Ended help = command("--help");
        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("Usage:", "Safe while the service runs");
        Ended mistake = command("--all");
        assertThat(mistake.code()).isEqualTo(2);
        assertThat(mistake.output()).contains("There is no option --all.");
    }
}
