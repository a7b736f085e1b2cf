package org.casewire.routing.cases;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.casewire.routing.cases.CaseFiles.Outdated;
import org.casewire.routing.cases.CaseFiles.Snapshot;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the cases as the upstream last told of them. */
@Component
class CaseProjection {

    /** Of a site we do not know yet: its cases may come before it. */
    private static final String USUAL_REGION = "US";

    private final CaseFiles files;
    private final CaseNumbers numbers;
    private final Sites sites;

    CaseProjection(CaseFiles files, CaseNumbers numbers, Sites sites) {
        this.files = files;
        this.numbers = numbers;
        this.sites = sites;
    }

    @Transactional
    void apply(List<Received<CaseEvent>> batch) {
        Collection<CaseChange> changes = CaseChange.of(batch);
        numbers.remove(files.markGone(
                changes.stream().filter(change -> change.goneAt() != null).toList()));
        List<Snapshot> snapshots = changes.stream().flatMap(this::snapshot).toList();
        List<Outdated> replaced = files.replaceOlder(snapshots);
        numbers.remove(replaced);
        numbers.add(applied(snapshots, replaced));
    }

    private Stream<Snapshot> snapshot(CaseChange change) {
        CaseChanged changed = change.snapshot();
        Origin toldBy = change.toldBy();
        if (changed == null || toldBy == null) {
            return Stream.empty();
        }
        String region = sites.find(changed.site()).map(SiteDocument::region).orElse(USUAL_REGION);
        return Stream.of(new Snapshot(changed, toldBy, CaseNumber.of(changed.phones(), region)));
    }

    private static List<Snapshot> applied(List<Snapshot> snapshots, List<Outdated> replaced) {
        Set<CaseKey> keys = replaced.stream().map(Outdated::key).collect(Collectors.toSet());
        return snapshots.stream()
                .filter(snapshot -> keys.contains(snapshot.key()))
                .toList();
    }
}
