package org.casewire.outbound.site;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.casewire.events.transport.TraceParent;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.quickentry.QuickEntries;
import org.casewire.outbound.quickentry.QuickEntries.Name;
import org.casewire.outbound.site.SitesFile.Seed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/**
 * At the start: sites of the operator's file that are not there yet are added, and all sites are published again with
 * the time they had, so that a new or emptied log knows them too.
 */
@Component
@Order(0)
class SiteSeeds implements BeforeListening {

    private static final Logger log = LoggerFactory.getLogger(SiteSeeds.class);

    private final SitesFile file;
    private final SiteStore store;
    private final QuickEntries quickEntries;
    private final Sites sites;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final Clock clock;

    SiteSeeds(
            SitesFile file,
            SiteStore store,
            QuickEntries quickEntries,
            Sites sites,
            Outbox outbox,
            TransactionOperations transactions,
            Clock clock) {
        this.file = file;
        this.store = store;
        this.quickEntries = quickEntries;
        this.sites = sites;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String description() {
        return "the sites of the operator's file";
    }

    @Override
    public void prepare() {
        List<Seed> seeds = file.read();
        transactions.executeWithoutResult(transaction -> {
            seeds.forEach(this::add);
            List<SiteChanged> all = store.all();
            String trace = TraceParent.start();
            outbox.append(all.stream().map(site -> new Outgoing(site, trace)).toList());
            all.forEach(sites::apply);
            warnOfDifferences(seeds.stream().map(Seed::document).toList(), all);
        });
    }

    private void add(Seed seed) {
        String site = seed.document().site();
        if (store.add(seed.document(), clock.instant())) {
            List<String> problems = SiteRules.problems(seed.document(), clock.instant());
            if (!problems.isEmpty()) {
                throw new IllegalStateException(
                        "casewire.sites-file sets for site " + site + " what no site can be: " + problems);
            }
            seed.quickEntries().forEach((name, text) -> quickEntries.put(new Name(site, name), text));
        }
    }

    private static void warnOfDifferences(List<SiteDocument> seeds, List<SiteChanged> stored) {
        Map<String, SiteDocument> known = stored.stream()
                .map(SiteChanged::document)
                .collect(Collectors.toMap(SiteDocument::site, Function.identity()));
        for (SiteDocument seed : seeds) {
            SiteDocument there = known.get(seed.site());
            if (there != null && !seed.equals(there)) {
                log.atWarn()
                        .addKeyValue("site", seed.site())
                        .addKeyValue("fields", differingFields(seed, there))
                        .log("The site is already there and differs from the file; the file is not applied");
            }
        }
    }

    private static TreeSet<String> differingFields(SiteDocument seed, SiteDocument there) {
        JsonNode ours = WireJson.MAPPER.valueToTree(seed);
        JsonNode theirs = WireJson.MAPPER.valueToTree(there);
        TreeSet<String> fields = new TreeSet<>();
        ours.propertyNames().forEach(name -> {
            if (!ours.get(name).equals(theirs.get(name))) {
                fields.add(name);
            }
        });
        return fields;
    }
}
