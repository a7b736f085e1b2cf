package org.casewire.routing.cases;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
public class CaseProjection {

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
        apply(batch, false);
    }

    /** Merges what was read once before: it never takes back what is newer, and drops nothing. */
    @Transactional
    public void applyAgain(List<Received<CaseEvent>> batch) {
        apply(batch, true);
    }

    /** In one order, so that two who apply at the same time wait for each other instead of colliding. */
    private void apply(List<Received<CaseEvent>> batch, boolean again) {
        List<CaseChange> changes = CaseChange.of(batch).stream()
                .sorted(Comparator.comparing(CaseChange::key, CaseKey.ORDER))
                .toList();
        numbers.remove(files.markGone(
                changes.stream().filter(change -> change.goneAt() != null).toList(), again));
        List<Snapshot> snapshots = changes.stream().flatMap(this::snapshot).toList();
        Map<CaseKey, Snapshot> told = snapshots.stream().collect(Collectors.toMap(Snapshot::key, Function.identity()));
        List<Outdated> replaced = files.replaceOlder(snapshots);
        List<Snapshot> applied = replaced.stream()
                .flatMap(old -> Stream.ofNullable(told.get(old.key())))
                .toList();
        numbers.remove(replaced.stream()
                .flatMap(old -> Stream.ofNullable(told.get(old.key())).map(now -> old.without(now.numbers())))
                .toList());
        numbers.add(applied);
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
}
