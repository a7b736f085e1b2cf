package org.casewire.notification.reminder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.casewire.events.CalendarEvent.Kind;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument;
import org.casewire.events.Template;
import org.casewire.notification.calendar.Entry;
import org.casewire.notification.wording.LocalTimes;
import org.casewire.notification.wording.Values;
import org.jspecify.annotations.Nullable;

/** What a reminder says: the site's own words or the usual ones of its language, with the entry's values. */
final class Wording {

    private static final int LONGEST_VALUE = 200;

    private Wording() {}

    private record Phrases(String event, String eventAt, String task, String someEvent, String someTask) {

        static Phrases in(String language) {
            return switch (language) {
                case "es" ->
                    new Phrases(
                            "Recordatorio: {title}, {date} a las {time} {zone}.",
                            "Recordatorio: {title}, {date} a las {time} {zone}, {location}.",
                            "Recordatorio: {title} vence el {date} a las {time} {zone}.",
                            "una cita",
                            "una tarea");
                case "fr" ->
                    new Phrases(
                            "Rappel : {title}, {date} à {time} {zone}.",
                            "Rappel : {title}, {date} à {time} {zone}, {location}.",
                            "Rappel : {title}, à faire avant le {date} à {time} {zone}.",
                            "un rendez-vous",
                            "une tâche");
                default ->
                    new Phrases(
                            "Reminder: {title} on {date} at {time} {zone}.",
                            "Reminder: {title} on {date} at {time} {zone}, {location}.",
                            "Reminder: {title} is due on {date} at {time} {zone}.",
                            "an appointment",
                            "a task");
            };
        }

        String usual(Entry entry) {
            return switch (entry.kind()) {
                case TASK -> task;
                case EVENT -> entry.location() == null || entry.location().isBlank() ? event : eventAt;
            };
        }

        String nameless(Kind kind) {
            return switch (kind) {
                case TASK -> someTask;
                case EVENT -> someEvent;
            };
        }
    }

    /** @param name the reminded user's, null for a client */
    static String text(SiteDocument site, Entry entry, Instant start, @Nullable String name, Instant now) {
        Locale language = LocalTimes.language(site);
        Phrases phrases = Phrases.in(language.getLanguage());
        String own = site.reminders().text();
        Template template = new Template(own == null ? phrases.usual(entry) : own);
        return Values.fillAll(template, values(site, entry, start, name, now, phrases));
    }

    private static Map<String, String> values(
            SiteDocument site, Entry entry, Instant start, @Nullable String name, Instant now, Phrases phrases) {
        ZoneId zone = entry.timeZone() == null ? site.timeZone() : entry.timeZone();
        LocalTimes times = new LocalTimes(LocalTimes.language(site), zone);
        CaseRef caseRef = entry.caseRef();
        Map<String, String> values = new HashMap<>();
        Values.put(values, "title", entry.title(), LONGEST_VALUE);
        values.putIfAbsent("title", phrases.nameless(entry.kind()));
        Values.put(values, "location", entry.location(), LONGEST_VALUE);
        values.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        values.put("date", times.date(start, now));
        values.put("time", times.time(start));
        values.put("zone", times.zone(start));
        Values.put(values, "case", caseRef == null ? null : caseRef.id(), LONGEST_VALUE);
        Values.put(values, "name", name, LONGEST_VALUE);
        Values.put(values, "site", site.displayName(), LONGEST_VALUE);
        return values;
    }
}
