package org.casewire.routing.messagelog;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.casewire.events.CaseRef;
import org.casewire.routing.entry.Attachment;
import org.casewire.routing.entry.Entry;
import org.jspecify.annotations.Nullable;

/** The log as a spreadsheet has it: RFC 4180 with a header row. */
final class Csv {

    private static final List<String> COLUMNS = List.of(
            "at",
            "direction",
            "status",
            "contact",
            "colleague",
            "from",
            "to",
            "body",
            "media",
            "cases",
            "state",
            "sentBy",
            "sentByName",
            "purpose",
            "errorCode",
            "reason",
            "answer",
            "messageId",
            "sid");

    private static final Pattern NUMBER = Pattern.compile("\\+[0-9]{1,15}");
    private static final String BETWEEN_SEVERAL = ";";

    private Csv() {}

    static void header(Writer out) throws IOException {
        out.write(String.join(",", COLUMNS));
        out.write("\r\n");
    }

    static void row(Writer out, Entry entry) throws IOException {
        List<@Nullable Object> cells = Arrays.asList(
                entry.at(),
                entry.direction(),
                entry.status(),
                entry.contact(),
                entry.colleague() == null ? null : entry.colleague().userId(),
                entry.from(),
                entry.to(),
                entry.body(),
                entry.media().stream().map(Csv::file).collect(Collectors.joining(BETWEEN_SEVERAL)),
                entry.cases().stream().map(CaseRef::toString).collect(Collectors.joining(BETWEEN_SEVERAL)),
                entry.state(),
                entry.sentBy(),
                entry.sentByName(),
                entry.purpose(),
                entry.errorCode(),
                entry.reason(),
                entry.answer(),
                entry.messageId(),
                entry.sid());
        out.write(cells.stream().map(Csv::cell).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    private static String file(Attachment file) {
        return Objects.requireNonNullElse(file.href(), file.url());
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String safe = safe(value.toString());
        boolean plain = safe.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign == '\r' || sign == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** A spreadsheet takes what begins like a formula for one; a phone number alone is none it could run. */
    private static String safe(String cell) {
        if (cell.isEmpty() || NUMBER.matcher(cell).matches()) {
            return cell;
        }
        return switch (cell.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠' -> "'" + cell;
            default -> cell;
        };
    }
}
