package org.casewire.notification.unanswered;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.casewire.events.CaseRef;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The received texts as they stand on cases. Whether one was answered is asked when it is looked at. */
@Component
public class WaitingTexts {

    /** Twilio's words for "leave me alone": who said one of them is not to be answered. */
    private static final Set<String> OPT_OUTS =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

    private static final String ROWS = """
            unnest(:sites::text[], :kinds::text[], :ids::text[], :contacts::text[], :times::timestamptz[], :sids::text[])
            """;

    private static final String ADD = "INSERT INTO waiting_texts (site, kind, case_id, contact, received_at, sid)"
            + " SELECT * FROM " + ROWS + " ON CONFLICT DO NOTHING";

    private static final String REMOVE = "DELETE FROM waiting_texts USING " + ROWS + """
              AS gone (site, kind, case_id, contact, received_at, sid)
            WHERE waiting_texts.site = gone.site AND waiting_texts.kind = gone.kind
              AND waiting_texts.case_id = gone.case_id AND waiting_texts.contact = gone.contact
              AND waiting_texts.received_at = gone.received_at AND waiting_texts.sid = gone.sid
            """;

    private static final String FORGET = """
            DELETE FROM waiting_texts
            USING unnest(:sites::text[], :contacts::text[], :times::timestamptz[]) AS gone (site, contact, erased_at)
            WHERE waiting_texts.site = gone.site AND waiting_texts.contact = gone.contact
              AND waiting_texts.received_at <= gone.erased_at
            """;

    private final JdbcClient jdbc;

    WaitingTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A text on one of the cases it stands on. */
    public record WaitingText(String site, CaseRef caseRef, String contact, Instant receivedAt, String sid) {}

    /** Whether these words are all of a text that nobody may answer. */
    public static boolean asksForNoAnswer(String words) {
        return OPT_OUTS.contains(words.strip().toUpperCase(Locale.ROOT));
    }

    /** What stood somewhere before stands where it is said now. */
    public void replace(Collection<WaitingText> before, Collection<WaitingText> now) {
        Set<WaitingText> gone = new HashSet<>(before);
        gone.removeAll(Set.copyOf(now));
        Set<WaitingText> added = new HashSet<>(now);
        added.removeAll(Set.copyOf(before));
        change(REMOVE, gone);
        change(ADD, added);
    }

    private void change(String sql, Collection<WaitingText> texts) {
        if (!texts.isEmpty()) {
            jdbc.sql(sql)
                    .param("sites", Columns.of(texts, WaitingText::site))
                    .param("kinds", Columns.of(texts, text -> text.caseRef().kind()))
                    .param("ids", Columns.of(texts, text -> text.caseRef().id()))
                    .param("contacts", Columns.of(texts, WaitingText::contact))
                    .param("times", Columns.of(texts, WaitingText::receivedAt))
                    .param("sids", Columns.of(texts, WaitingText::sid))
                    .update();
        }
    }

    /** Nobody can answer a text that was erased. */
    public void forget(List<TextsErased> erasures) {
        if (!erasures.isEmpty()) {
            jdbc.sql(FORGET)
                    .param("sites", Columns.of(erasures, TextsErased::site))
                    .param("contacts", Columns.of(erasures, TextsErased::contact))
                    .param("times", Columns.of(erasures, TextsErased::at))
                    .update();
        }
    }
}
