package org.casewire.outbound.consent;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.outbound.consent.LedgerPages.Entry;
import org.jspecify.annotations.Nullable;

/** Consents as a spreadsheet has them: RFC 4180 in UTF-8 with a header row. */
final class ConsentCsv {

    private static final String[] COLUMNS = {
        "contact", "state", "source", "categories", "at", "notedAt", "moved", "remark", "sid", "words", "by", "form"
    };
    private static final Set<String> NEEDED = Set.of("contact", "state");
    private static final Pattern NUMBER = Pattern.compile("\\+[0-9]{1,15}");
    private static final int MARK = 64 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What joins several categories in one cell. */
    static final String BETWEEN_CATEGORIES = ";";

    private ConsentCsv() {}

    /** @throws org.casewire.events.access.Problem naming the columns that are missing */
    static CSVParser parser(InputStream body) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), MARK);
        char delimiter = delimiter(reader);
        CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setAllowMissingColumnNames(true)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .setTrim(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get()
                .parse(reader);
        requireColumns(parser);
        return parser;
    }

    private static void requireColumns(CSVParser parser) {
        Set<String> missing = new TreeSet<>(NEEDED);
        parser.getHeaderNames().forEach(name -> missing.remove(name.toLowerCase(Locale.ROOT)));
        if (!missing.isEmpty()) {
            throw ConsentForm.invalid("The header row lacks " + String.join(" and ", missing)
                    + ". It names the columns: contact,state,at,words,form,categories.");
        }
    }

    /** Skips a byte-order mark and looks whether the header row is parted by semicolons, as some spreadsheets do. */
    private static char delimiter(BufferedReader reader) throws IOException {
        reader.mark(MARK / 2);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        } else {
            reader.mark(MARK / 2);
        }
        char[] head = new char[1_000];
        int read = Math.max(0, reader.read(head, 0, head.length));
        reader.reset();
        String header = new String(head, 0, read).lines().findFirst().orElse("");
        return header.indexOf(',') < 0 && header.indexOf(';') >= 0 ? ';' : ',';
    }

    /** Writes a site's ledger as {@code entries} hands it over. */
    static void write(OutputStream out, LedgerPages entries, String site) throws IOException {
        BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        CSVPrinter printer = new CSVPrinter(
                writer, CSVFormat.RFC4180.builder().setHeader(COLUMNS).get());
        try {
            entries.all(site, entry -> print(printer, entry));
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
        printer.flush();
    }

    private static void print(CSVPrinter printer, Entry entry) {
        Evidence evidence = entry.evidence() == null ? new Evidence(null, null, null, null) : entry.evidence();
        try {
            printer.printRecord(
                    safe(entry.contact()),
                    entry.state(),
                    entry.source(),
                    safe(String.join(BETWEEN_CATEGORIES, entry.categories())),
                    entry.at(),
                    entry.notedAt(),
                    entry.moved(),
                    entry.remark(),
                    safe(evidence.sid()),
                    safe(evidence.words()),
                    safe(evidence.by()),
                    safe(evidence.form()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A spreadsheet takes what begins like a formula for one; a phone number alone is none it could run. */
    private static @Nullable String safe(@Nullable String cell) {
        if (cell == null || cell.isEmpty() || NUMBER.matcher(cell).matches()) {
            return cell;
        }
        return switch (cell.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠' -> "'" + cell;
            default -> cell;
        };
    }
}
