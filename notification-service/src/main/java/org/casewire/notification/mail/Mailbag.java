package org.casewire.notification.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.casewire.notification.mail.Untold.Reason;
import org.springframework.stereotype.Component;

/** Takes in what is to be told, unless there is nobody to tell it to: then nothing is kept. */
@Component
class Mailbag {

    private final MailLines lines;
    private final MailServer server;
    private final Recipients recipients;
    private final Untold untold;
    private final MailProperties properties;
    private final Clock clock;

    Mailbag(
            MailLines lines,
            MailServer server,
            Recipients recipients,
            Untold untold,
            MailProperties properties,
            Clock clock) {
        this.lines = lines;
        this.server = server;
        this.recipients = recipients;
        this.untold = untold;
        this.properties = properties;
        this.clock = clock;
    }

    /** Old news, as when a whole log is read for the first time, is none. */
    void put(Collection<Matter> matters) {
        Instant now = clock.instant();
        Instant oldest = now.minus(properties.keep());
        List<Matter> news = matters.stream()
                .filter(one -> one.at().isAfter(oldest))
                .filter(one -> canBeTold(one.line()))
                .toList();
        if (!news.isEmpty()) {
            lines.note(news, now);
        }
    }

    void takeBack(Collection<Matter> matters) {
        if (!matters.isEmpty()) {
            lines.forget(matters);
        }
    }

    private boolean canBeTold(Line line) {
        if (!server.isConfigured()) {
            untold.count(line, Reason.NO_SMTP, 1);
            return false;
        }
        if (recipients.address(line).isEmpty()) {
            untold.count(line, Reason.NO_ADDRESS, 1);
            return false;
        }
        return true;
    }
}
