package org.casewire.events.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the sources say about events and their fields, so that the documents say the same. */
final class Descriptions {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern TAG =
            Pattern.compile("@param\\s+(\\w+)\\s+((?:(?!@param|@throws).)*)", Pattern.DOTALL);

    /** Fields whose names mean the same on every event. */
    private static final Map<String, String> EVERYWHERE = Map.ofEntries(
            Map.entry("site", "the site, a lower-case slug"),
            Map.entry(
                    "messageId",
                    "a UUID chosen by whoever asks for the send: with the site it is the message's identity"),
            Map.entry("caseRef", "the case, intake or prescreen it belongs to"),
            Map.entry("kind", "what it is"),
            Map.entry("id", "the upstream's own id"),
            Map.entry("sentBy", "the user who sends it"),
            Map.entry("purpose", "why the text is sent: it decides its lane and its quiet hours"),
            Map.entry("sid", "Twilio's identifier of the text"),
            Map.entry("contact", "the person's number, in E.164 where it has such a form"),
            Map.entry("userId", "the upstream's id of a user"),
            Map.entry("contactId", "the upstream's id of a client"),
            Map.entry("entryId", "the upstream's id of the entry"),
            Map.entry("activityId", "the upstream's id of what happened: the same one is taken once"),
            Map.entry("alertId", "the alert's identity"),
            Map.entry("at", "when it happened"),
            Map.entry("receivedAt", "when it came in"),
            Map.entry("updatedAt", "as of when this holds: an older one never overwrites a newer one"),
            Map.entry("type", "what happened"),
            Map.entry("name", "the name"),
            Map.entry("values", "the values of the placeholders, by their names"),
            Map.entry("title", "the title"),
            Map.entry("location", "where it is"),
            Map.entry("clientName", "the client's name"),
            Map.entry("phones", "the numbers by field"),
            Map.entry("mobile", "mobile numbers, E.164 or in national form"),
            Map.entry("home", "home numbers"),
            Map.entry("other", "other numbers"),
            Map.entry("assignments", "who works on it"),
            Map.entry("primary", "whether it is the primary assignment"),
            Map.entry("closedAt", "when it was closed; a closed case is matched like an open one"),
            Map.entry("email", "the e-mail address"),
            Map.entry("timeZone", "an IANA zone, such as America/New_York"),
            Map.entry("roles", "what the user may do at the upstream"),
            Map.entry("active", "whether the user still works there; null is true"),
            Map.entry("textingEnabled", "whether this person is texted; null is true"),
            Map.entry("state", "what was said"),
            Map.entry("source", "by which road it became known"),
            Map.entry("reason", "the reason"),
            Map.entry("detail", "a sentence for people: what was wrong"),
            Map.entry("body", "the text"),
            Map.entry("cases", "the cases it stands on"),
            Map.entry("media", "the files that came with it"),
            Map.entry("mediaUrls", "https addresses of pictures"),
            Map.entry("status", "the status"),
            Map.entry("from", "the number or Messaging Service it leaves from"),
            Map.entry("to", "the number it goes to"),
            Map.entry("sendAt", "when it leaves"),
            Map.entry("until", "when it is looked at again, null while nobody knows"),
            Map.entry("part", "which part of the message, from 1"),
            Map.entry("parts", "how many parts the message leaves in"),
            Map.entry("segments", "how many segments it was on the air"),
            Map.entry("preview", "the beginning of the text"),
            Map.entry("bytes", "the size"),
            Map.entry("displayName", "the organisation's name"),
            Map.entry("errorCode", "Twilio's error code, null when there is none"),
            Map.entry("strategy", "the site's matching strategy at that moment"),
            Map.entry("rule", "the step that decided"),
            Map.entry("explanation", "sentences for people: what was looked at and why this was chosen"),
            Map.entry("language", "the language of the site's words"),
            Map.entry("by", "who did it, a user id"));

    private Descriptions() {}

    /** The first sentences of a type's own words. */
    static String of(Class<?> type) {
        String comment = comment(type).split("\\s@param", 2)[0];
        return plain(comment.split("<p>", 2)[0]);
    }

    static Optional<String> of(Class<?> type, String field) {
        Matcher tags = TAG.matcher(comment(type));
        while (tags.find()) {
            if (tags.group(1).equals(field)) {
                return Optional.of(plain(tags.group(2)));
            }
        }
        return Optional.ofNullable(EVERYWHERE.get(field));
    }

    private static String comment(Class<?> type) {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        Path file = SOURCES.resolve(outermost.getName().replace('.', '/') + ".java");
        try {
            Matcher declared = Pattern.compile(
                            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public |private |static )*record " + type.getSimpleName()
                                    + "\\b",
                            Pattern.DOTALL)
                    .matcher(Files.readString(file));
            return declared.find()
                    ? declared.group(1)
                            .lines()
                            .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                            .collect(Collectors.joining(" "))
                    : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "$1")
                .replaceAll("\\{@link (?:[\\w.]*#)?(\\w+)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
