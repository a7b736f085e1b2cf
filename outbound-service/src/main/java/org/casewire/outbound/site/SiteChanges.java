package org.casewire.outbound.site;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.access.Problem;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.outbound.message.HeldTexts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Changes sites: the row and the event that tells every service of it commit together. */
@Service
class SiteChanges {

    private final SiteStore store;
    private final Sites sites;
    private final Outbox outbox;
    private final HeldTexts held;
    private final TransactionOperations transactions;
    private final Clock clock;

    SiteChanges(
            SiteStore store,
            Sites sites,
            Outbox outbox,
            HeldTexts held,
            TransactionOperations transactions,
            Clock clock) {
        this.store = store;
        this.sites = sites;
        this.outbox = outbox;
        this.held = held;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A site as it was put, and whether it is new. */
    record Put(SiteChanged site, boolean isNew) {}

    /**
     * Puts a site in force, here at once and elsewhere as soon as the log carries it.
     *
     * @param mayCreate whether a site that is not there is added
     * @param expected the time of the version that is to be replaced, null for whichever there is
     */
    Put put(SiteDocument document, boolean mayCreate, @Nullable Instant expected, String traceParent) {
        Put put = transactions.execute(transaction -> {
            Optional<Instant> before = store.lock(document.site());
            require(document.site(), before, mayCreate, expected);
            SiteChanged changed = store.put(document, clock.instant());
            outbox.append(List.of(new Outgoing(changed, traceParent)));
            return new Put(changed, before.isEmpty());
        });
        sites.apply(put.site());
        // What old quiet hours or a missing sender held may leave under the new settings.
        held.reconsider(document.site());
        return put;
    }

    private static void require(String site, Optional<Instant> before, boolean mayCreate, @Nullable Instant expected) {
        if (before.isEmpty() && !mayCreate) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "UNKNOWN_SITE",
                    "There is no site '" + site + "'; an operator has to create it.");
        }
        if (expected != null && !before.equals(Optional.of(expected))) {
            throw new Problem(
                    HttpStatus.PRECONDITION_FAILED,
                    "CHANGED_MEANWHILE",
                    "The site was changed since it was read; read it again and repeat the change.");
        }
    }
}
