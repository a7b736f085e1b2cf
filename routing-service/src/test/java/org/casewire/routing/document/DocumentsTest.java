package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;

import java.util.List;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.transport.TraceParent;
import org.casewire.routing.Upstream;
import org.casewire.routing.document.ReceivedFile.State;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class DocumentsTest {

    private static final String SITE = "documents";
    private static final String CLIENT = "+14045387450";
    private static final List<Media> TWO_FILES =
            List.of(new Media("https://example.org/1", "image/jpeg"), new Media("https://example.org/2", null));

    private final String sid = "MM" + UUID.randomUUID();
    private final Documents documents;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    DocumentsTest(Documents documents, JdbcClient jdbc, TransactionTemplate transactions) {
        this.documents = documents;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private void expect(String text, String contact, List<Media> media) {
        transactions.executeWithoutResult(transaction -> documents.expect(
                List.of(new Expected(SITE, text, contact, null, media, List.of(caseRef("1")), TraceParent.start()))));
    }

    private void isStored(int number) {
        jdbc.sql("""
                        UPDATE document
                        SET state = 'STORED', reason = NULL, content_type = 'image/png', bytes = 7, sha256 = 'abc'
                        WHERE site = ? AND sid = ? AND number = ?
                        """).params(SITE, sid, number).update();
    }

    private List<ReceivedFile> files() {
        return documents.states(SITE, List.of(sid, "unknown")).getOrDefault(sid, List.of());
    }

    private void move(CaseRef... cases) {
        transactions.executeWithoutResult(
                transaction -> documents.moved(List.of(new Moved(SITE, sid, List.of(cases), TraceParent.start()))));
    }

    @Test
    void everyFileOfATextIsKnownInItsOrder() {
        expect(sid, CLIENT, TWO_FILES);

        assertThat(files())
                .extracting(ReceivedFile::url)
                .containsExactly("https://example.org/1", "https://example.org/2");
        assertThat(files()).allSatisfy(file -> assertThat(file.href()).isNull());
        assertThat(documents.states(SITE, List.of(sid))).containsOnlyKeys(sid);
        assertThat(documents.states("another", List.of(sid))).isEmpty();
    }

    @Test
    void aTextWithoutFilesLeavesNothing() {
        expect(sid, CLIENT, List.of());

        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsStoredOfATextIsToldAgainWithTheSameIdWhenItMoves() {
        expect(sid, CLIENT, TWO_FILES);
        isStored(1);

        move(caseRef("2"), caseRef("3"));

        ReceivedFile stored = files().get(1);
        assertThat(stored.state()).isEqualTo(State.STORED);
        assertThat(stored.contentType()).isEqualTo("image/png");
        assertThat(stored.href()).isEqualTo("/api/sites/documents/documents/" + stored.documentId());
        Entry told = told(1).getFirst();
        assertThat(told.event()).isEqualTo("DocumentStored");
        assertThat(told.key()).isEqualTo(SITE + "|" + CLIENT);
        assertThat(told.json().get("documentId").asString()).isEqualTo(String.valueOf(stored.documentId()));
        assertThat(Upstream.casesOf(told)).containsExactly("2", "3");

        move();
        assertThat(told(2))
                .extracting(entry -> entry.json().get("documentId"))
                .containsOnly(told.json().get("documentId"));
        assertThat(Upstream.casesOf(told(2).getLast())).isEmpty();
    }

    private List<Entry> told(int count) {
        return TestLog.await(
                Topics.REPLIES, count, entry -> sid.equals(entry.headers().get("ce_subject")));
    }

    @Test
    void anErasedContactsFilesAreForgottenAndNobodyElses() {
        String other = "MM" + UUID.randomUUID();
        String contact = "+14045387451";
        expect(sid, contact, TWO_FILES);
        expect(other, CLIENT, TWO_FILES);

        transactions.executeWithoutResult(transaction -> documents.erase(SITE, contact));

        assertThat(files()).isEmpty();
        assertThat(documents.states(SITE, List.of(other)).get(other)).hasSize(2);
    }
}
