package org.casewire.routing.document;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.casewire.events.outbox.Outbox;
import org.casewire.routing.document.RemovalTable.Removal;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the rest of routing says of received files, and asks. */
@Service
public class Documents {

    private final DocumentTable table;
    private final RemovalTable removals;
    private final Outbox outbox;
    private final AfterCommit afterCommit;
    private final Clock clock;

    Documents(DocumentTable table, RemovalTable removals, Outbox outbox, AfterCommit afterCommit, Clock clock) {
        this.table = table;
        this.removals = removals;
        this.outbox = outbox;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    /** Texts were filed: their files are fetched once the running transaction is committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void expect(List<Expected> texts) {
        List<Expected> withFiles =
                texts.stream().filter(text -> !text.media().isEmpty()).toList();
        if (!withFiles.isEmpty()) {
            table.add(withFiles, clock.instant());
            afterCommit.fetch();
        }
    }

    /** Texts were moved: what is stored of their files is told again. The caller holds the texts' rows. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void moved(List<Moved> texts) {
        if (!texts.isEmpty()) {
            outbox.append(table.move(texts));
        }
    }

    /** What became of the files of texts, by SID, in the order Twilio gave them; a text without files is missing. */
    public Map<String, List<ReceivedFile>> states(String site, Collection<String> sids) {
        return sids.isEmpty() ? Map.of() : table.states(site, sids);
    }

    /** Forgets the files of a contact; their content is gone from the store soon after the commit. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void erase(String site, String contact) {
        removals.remove(table.erase(site, contact), clock.instant());
        afterCommit.remove();
    }

    /** Forgets the files of these texts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void erase(String site, Collection<String> sids) {
        List<Removal> gone = table.erase(site, sids);
        if (!gone.isEmpty()) {
            removals.remove(gone, clock.instant());
            afterCommit.remove();
        }
    }
}
