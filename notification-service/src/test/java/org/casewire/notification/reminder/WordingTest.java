package org.casewire.notification.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.casewire.events.CalendarEvent.Kind;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.calendar.Entry;
import org.casewire.notification.calendar.EntryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    private static final Instant START = Instant.parse("2026-03-04T14:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-03T14:00:00Z");

    private static SiteDocument site(String settings) {
        return WireJson.MAPPER.readValue("""
                {"site":"demo","displayName":"Legal Aid","timeZone":"America/New_York"%s}""".formatted(settings), SiteDocument.class);
    }

    private static Entry entry(Kind kind, String title, String location, String zone) {
        return new Entry(
                new EntryKey("demo", "e1"),
                kind,
                title,
                location,
                zone == null ? null : ZoneId.of(zone),
                new CaseRef(CaseRef.Kind.CASE, "16E-1"));
    }

    private static String own(String text, Entry entry) {
        return Wording.text(site(",\"reminders\":{\"text\":\"" + text + "\"}"), entry, START, "Maria Ortiz", NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    en ~ Reminder: Hearing on Wednesday, March 4 at 9:00 AM EST, Room 4.
                    es ~ Recordatorio: Hearing, miércoles, 4 de marzo a las 9:00 a.m. EST, Room 4.
                    fr ~ Rappel : Hearing, mercredi 4 mars à 9:00 AM EST, Room 4.
                    tlh ~ Reminder: Hearing on
                    """)
    void theUsualWordsAreOfTheSitesLanguage(String language, String words) {
        String said = Wording.text(
                site(",\"language\":\"" + language + "\""),
                entry(Kind.EVENT, "Hearing", "Room 4", null),
                START,
                null,
                NOW);
        if (language.equals("fr")) {
            assertThat(said).startsWith("Rappel : Hearing, mercredi 4 mars à ").endsWith(", Room 4.");
        } else {
            assertThat(said).startsWith(words);
        }
    }

    @Test
    void anEntryIsToldOnItsOwnClocks() {
        assertThat(Wording.text(site(""), entry(Kind.EVENT, "Hearing", " ", "America/Los_Angeles"), START, null, NOW))
                .isEqualTo("Reminder: Hearing on Wednesday, March 4 at 6:00 AM PST.");
        assertThat(Wording.text(site(""), entry(Kind.TASK, null, "x", "Europe/Paris"), START, null, NOW))
                .isEqualTo("Reminder: a task is due on Wednesday, March 4 at 3:00 PM CET.");
    }

    @Test
    void theYearStandsThereWhenItIsAnotherOne() {
        assertThat(Wording.text(
                        site(""),
                        entry(Kind.EVENT, "Hearing", null, null),
                        START,
                        null,
                        Instant.parse("2025-12-31T12:00:00Z")))
                .isEqualTo("Reminder: Hearing on Wednesday, March 4, 2026 at 9:00 AM EST.");
    }

    @Test
    void theSitesOwnWordsTakeTheEntrysValuesAsTheyAre() {
        assertThat(own(
                        "{name}: {kind} {title} ({case}) {date} {time}{{!}} {site}",
                        entry(Kind.TASK, "{time} $1 \\\\", null, null)))
                .isEqualTo("Maria Ortiz: task {time} $1 \\\\ (16E-1) Wednesday, March 4 9:00 AM{!} Legal Aid");
    }

    @Test
    void aValueThatIsNotThereLeavesNoGap() {
        assertThat(own("{title} at {location}, {time}.", entry(Kind.EVENT, "Hearing", null, null)))
                .isEqualTo("Hearing at, 9:00 AM.");
        assertThat(own("{title}, {location}.", entry(Kind.EVENT, "Hearing", null, null)))
                .isEqualTo("Hearing.");
    }

    @Test
    void aTextHasNoCharacterThatHalvesItsRoomUnlessAValueHas() {
        String said =
                Wording.text(site(""), entry(Kind.EVENT, "Long\n\t " + "x".repeat(500), null, null), START, null, NOW);
        assertThat(said.chars()).allMatch(unit -> unit < 128);
        assertThat(said).contains("Long xxx").contains("... on ").hasSizeLessThan(300);
    }
}
