package org.casewire.notification.mail;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.SiteDocument;
import org.casewire.notification.mail.MailLines.Contents;
import org.jspecify.annotations.Nullable;

/** The words of an e-mail. What a client wrote and who it was stand in the list that it points to, never in here. */
record Letter(String subject, String text) {

    /** How many are named one by one. */
    static final int SHOWN = 20;

    private static final int LONGEST_NAME = 80;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm zzz", Locale.ENGLISH);
    private static final Pattern STRANGE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    /** About texts that no case was found for. */
    static Letter ofUnassigned(SiteDocument site, Contents contents, @Nullable String link) {
        String name = name(site);
        int total = contents.total();
        String subject = total == 1
                ? "A text at %s waits to be filed".formatted(name)
                : "%d texts at %s wait to be filed".formatted(total, name);
        String where = Optional.ofNullable(link)
                .map(written -> "Read and file them here: " + written.replace("{site}", site.site()))
                .orElse("They stand in the received log: GET /api/sites/%s/received?state=UNASSIGNED"
                        .formatted(site.site()));
        Stream<String> received =
                contents.first().stream().map(one -> "  received " + moment(one.at(), site.timeZone()));
        return new Letter(
                subject,
                text(
                        total == 1
                                ? "A text came in that no case was found for:"
                                : "%d texts came in that no case was found for:".formatted(total),
                        received,
                        contents,
                        where));
    }

    /** About records that could not be handled. */
    static Letter ofDeadLetters(@Nullable SiteDocument site, Contents contents) {
        int total = contents.total();
        String whose = site == null ? "" : " of " + name(site);
        ZoneId zone = site == null ? ZoneOffset.UTC : site.timeZone();
        Stream<String> records =
                contents.first().stream().map(one -> "  %s  (%s)".formatted(one.id(), moment(one.at(), zone)));
        return new Letter(
                total == 1
                        ? "A record%s could not be handled".formatted(whose)
                        : "%d records%s could not be handled".formatted(total, whose),
                text(
                        total == 1
                                ? "A record was put aside as a dead letter (topic, partition, offset):"
                                : "%d records were put aside as dead letters (topic, partition, offset):"
                                        .formatted(total),
                        records,
                        contents,
                        "The header x-reason of each says why. Nothing is lost: what is mended can be replayed."));
    }

    private static String text(String first, Stream<String> lines, Contents contents, String last) {
        int more = contents.total() - contents.first().size();
        Stream<String> rest = more > 0 ? Stream.of("  and %d more".formatted(more)) : Stream.empty();
        return Stream.of(List.of(first, "").stream(), lines, rest, Stream.of("", last, "", "Casewire"))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String moment(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone));
    }

    /** A name that is written into a header must not end its line there. */
    private static String name(SiteDocument site) {
        String written = Optional.ofNullable(site.displayName()).orElse(site.site());
        String plain = STRANGE.matcher(written).replaceAll(" ").strip();
        int length = plain.codePointCount(0, plain.length());
        return length <= LONGEST_NAME ? plain : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_NAME));
    }
}
