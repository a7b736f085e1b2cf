package org.casewire.outbound.consent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes in consents that were gathered elsewhere, line by line; a bad line costs nobody but itself. */
@Service
class ConsentImport {

    private static final int AT_ONCE = 1_000;
    private static final int LONGEST_CELL = 5_000;

    private final ConsentLedger ledger;
    private final TransactionOperations transactions;
    private final Clock clock;

    ConsentImport(ConsentLedger ledger, TransactionOperations transactions, Clock clock) {
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What became of a line. */
    enum Result {
        ACCEPTED,
        UNCHANGED,
        REFUSED
    }

    /** One line of the file with what became of it. */
    record Line(
            long line,
            @Nullable String contact,
            Result result,
            @Nullable String reason) {}

    /** The whole file; with {@code dryRun} it is what would become of it. */
    record Report(boolean dryRun, int accepted, int unchanged, int refused, List<Line> items) {

        static Report of(boolean dryRun, List<Line> lines) {
            return new Report(
                    dryRun,
                    count(lines, Result.ACCEPTED),
                    count(lines, Result.UNCHANGED),
                    count(lines, Result.REFUSED),
                    lines);
        }

        private static int count(List<Line> lines, Result result) {
            return (int) lines.stream().filter(line -> line.result() == result).count();
        }
    }

    /** Who imports into which site, when. */
    record Circumstances(SiteDocument site, String by, Instant now, String traceParent, boolean dryRun) {}

    /** A line that can be understood. */
    private record Readable(long line, Statement said) {}

    private static final class BadLine extends RuntimeException {
        BadLine(String reason) {
            super(reason, null, false, false);
        }
    }

    Report take(InputStream body, SiteDocument site, String by, String traceParent, boolean dryRun) throws IOException {
        Circumstances circumstances = new Circumstances(site, by, clock.instant(), traceParent, dryRun);
        List<Line> lines = new ArrayList<>();
        List<Readable> batch = new ArrayList<>(AT_ONCE);
        try (CSVParser parser = ConsentCsv.parser(body)) {
            Iterator<CSVRecord> records = parser.iterator();
            long line = parser.getCurrentLineNumber() + 1;
            while (hasNext(records, line, lines)) {
                read(records.next(), line, circumstances, batch, lines);
                line = parser.getCurrentLineNumber() + 1;
                if (batch.size() == AT_ONCE) {
                    note(batch, dryRun, lines);
                }
            }
        }
        note(batch, dryRun, lines);
        lines.sort(Comparator.comparingLong(Line::line));
        return Report.of(dryRun, lines);
    }

    private static boolean hasNext(Iterator<CSVRecord> records, long line, List<Line> lines) {
        try {
            return records.hasNext();
        } catch (UncheckedIOException | IllegalStateException unreadable) {
            lines.add(new Line(
                    line, null, Result.REFUSED, "The file cannot be read from this line on; check its quotes."));
            return false;
        }
    }

    private static void read(
            CSVRecord record, long line, Circumstances circumstances, List<Readable> batch, List<Line> lines) {
        if (record.stream().allMatch(String::isBlank)) {
            return;
        }
        try {
            batch.add(new Readable(line, statement(record, circumstances)));
        } catch (BadLine bad) {
            lines.add(new Line(line, shown(cell(record, "contact")), Result.REFUSED, bad.getMessage()));
        }
    }

    /** As much of a cell as tells a person which line is meant. */
    private static @Nullable String shown(@Nullable String cell) {
        return cell == null || cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
    }

    private static @Nullable String cell(CSVRecord record, String column) {
        if (!record.isSet(column)) {
            return null;
        }
        String cell = record.get(column);
        return cell.isBlank() ? null : cell.strip();
    }

    private static Statement statement(CSVRecord record, Circumstances circumstances) {
        for (String value : record) {
            if (value.length() > LONGEST_CELL) {
                throw new BadLine("A cell is longer than %d characters; is a quote missing?".formatted(LONGEST_CELL));
            }
        }
        State state = state(cell(record, "state"));
        try {
            return new Statement(
                    person(cell(record, "contact"), circumstances.site()),
                    Consents.asSaid(state, circumstances.site().consentPolicy()),
                    Source.IMPORT,
                    categories(cell(record, "categories")),
                    new Evidence(cell(record, "sid"), cell(record, "words"), circumstances.by(), cell(record, "form")),
                    at(cell(record, "at"), circumstances),
                    circumstances.traceParent());
        } catch (DateTimeException unknownToCalendars) {
            throw new BadLine("at is not a time such as 2026-03-01T10:00:00Z or a date such as 2026-03-01.");
        }
    }

    private static Conversation person(@Nullable String contact, SiteDocument site) {
        if (contact == null) {
            throw new BadLine("contact is missing.");
        }
        // What the export wrote for a spreadsheet is read back.
        String written = contact.startsWith("'") ? contact.substring(1) : contact;
        return PhoneNumbers.read(written, site.region())
                .map(number -> new Conversation(site.site(), number.e164()))
                .orElseThrow(() -> new BadLine("contact is not a phone number; check area code, exchange and line."));
    }

    private static State state(@Nullable String written) {
        if (written == null) {
            throw new BadLine("state is missing: one of " + Arrays.toString(State.values()) + ".");
        }
        try {
            return State.valueOf(written.toUpperCase(Locale.ROOT).replaceAll("[ -]", "_"));
        } catch (IllegalArgumentException unknown) {
            throw new BadLine("state must be one of " + Arrays.toString(State.values()) + ".");
        }
    }

    private static List<String> categories(@Nullable String written) {
        return written == null
                ? List.of()
                : Arrays.stream(written.split("[;|]"))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
    }

    private static Instant at(@Nullable String written, Circumstances circumstances) {
        if (written == null) {
            return circumstances.now();
        }
        Instant at = written.length() == "2026-03-01".length()
                ? LocalDate.parse(written)
                        .atStartOfDay(circumstances.site().timeZone())
                        .toInstant()
                : OffsetDateTime.parse(written.replace(' ', 'T')).toInstant();
        if (at.isAfter(circumstances.now())) {
            throw new BadLine("at lies ahead; it is when the person said it.");
        }
        return at;
    }

    private void note(List<Readable> batch, boolean dryRun, List<Line> lines) {
        if (batch.isEmpty()) {
            return;
        }
        List<Outcome> outcomes = transactions.execute(transaction -> {
            if (dryRun) {
                transaction.setRollbackOnly();
            }
            return ledger.record(batch.stream().map(Readable::said).toList());
        });
        for (int at = 0; at < batch.size(); at++) {
            Readable one = batch.get(at);
            Outcome outcome = outcomes.get(at);
            lines.add(new Line(one.line(), one.said().person().contact(), result(outcome), outcome.remark()));
        }
        batch.clear();
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case MOVED, REVIEW, AGREED_AGAIN -> Result.ACCEPTED;
            case REPEATED, OLDER, SAID_BEFORE -> Result.UNCHANGED;
            case NOT_THEIRS_TO_UNDO -> Result.REFUSED;
        };
    }
}
