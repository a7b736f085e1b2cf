package org.casewire.notification.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.notification.mail.Line.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is told: the site itself, or the operator of what no site is told. */
@Component
class Recipients {

    private static final Pattern STRANGE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]");

    private final Sites sites;
    private final MailProperties properties;

    Recipients(Sites sites, MailProperties properties) {
        this.sites = sites;
        this.properties = properties;
    }

    /** The site that a dead letter is of; the operator's when there is no such site or it named no address. */
    Line ofDeadLettersOf(@Nullable String site) {
        return Optional.ofNullable(site)
                .map(named -> new Line(named, Kind.DEAD_LETTER))
                .filter(line -> !line.isTheOperators() && address(line).isPresent())
                .orElse(Line.ofTheOperator(Kind.DEAD_LETTER));
    }

    Optional<InternetAddress> address(Line line) {
        String written = line.isTheOperators()
                ? properties.operator()
                : sites.find(line.site()).map(SiteDocument::unassignedEmail).orElse(null);
        return read(written);
    }

    /** One plain address and nothing else, whatever stands there: no list, no group, no line end. */
    static Optional<InternetAddress> read(@Nullable String written) {
        if (written == null || written.isBlank() || STRANGE.matcher(written).find()) {
            return Optional.empty();
        }
        try {
            InternetAddress address =
                    new InternetAddress(new InternetAddress(written.strip(), true).getAddress(), true);
            return address.isGroup() || !address.getAddress().contains("@") ? Optional.empty() : Optional.of(address);
        } catch (AddressException noAddress) {
            return Optional.empty();
        }
    }
}
