package org.casewire.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.casewire.notification.mail.Line.Kind;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What the settings make of e-mail: the service runs without it, and with it waits for nobody for ever. */
class WithoutMailTest {

    private final MailProperties properties = new MailProperties(
            "casewire@casewire.example",
            null,
            null,
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ofDays(7),
            Duration.ofSeconds(1));

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class));

    @Test
    void withoutAServerThereIsNoneAndNothingIsKept() {
        service.run(context -> {
            MailServer nobody = new MailServer(context.getBean(JavaMailSenderImpl.class), properties);
            assertThat(nobody.isConfigured()).isFalse();
            nothingIsKept(nobody);
        });
        service.withPropertyValues("spring.mail.host=mail.example.org")
                .run(context -> assertThat(
                                new MailServer(context.getBean(JavaMailSenderImpl.class), properties).isConfigured())
                        .isTrue());
    }

    private void nothingIsKept(MailServer nobody) {
        MailLines lines = mock();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Clock clock = Clock.systemUTC();
        new Mailbag(lines, nobody, mock(), new Untold(meters), properties, clock)
                .put(List.of(new Matter(new Line("demo", Kind.UNASSIGNED), "SM1", clock.instant())));
        assertThat(meters.counter("casewire.mail.untold", "kind", "unassigned", "reason", "NO_SMTP")
                        .count())
                .isEqualTo(1);
        verifyNoInteractions(lines);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpOnAfterAWhile() {
        service.withPropertyValues("spring.mail.host=mail.example.org").run(context -> {
            Properties mail = context.getBean(JavaMailSenderImpl.class).getJavaMailProperties();
            assertThat(mail)
                    .containsEntry("mail.smtp.connectiontimeout", "10000")
                    .containsEntry("mail.smtp.timeout", "30000")
                    .containsEntry("mail.smtp.writetimeout", "30000")
                    .containsEntry("mail.smtp.starttls.enable", "true")
                    .containsEntry("mail.smtps.timeout", "30000");
        });
    }

    @Test
    void thePauseGrowsToALongestOne() {
        assertThat(List.of(1, 2, 3, 4, 5, 1000))
                .extracting(failures -> properties.pauseAfter(failures).toSeconds())
                .containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }
}
