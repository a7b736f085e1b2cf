package org.casewire.events.site;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;

/** The sites as this instance knows them, kept current from the log. */
public final class Sites {

    private final Map<String, SiteChanged> known = new ConcurrentHashMap<>();

    /** The settings of a site, empty when there is none of that name. */
    public Optional<SiteDocument> find(String site) {
        return Optional.ofNullable(known.get(site)).map(SiteChanged::document);
    }

    /** All sites. */
    public Collection<SiteDocument> all() {
        return List.copyOf(known.values().stream().map(SiteChanged::document).toList());
    }

    /** All sites with the moment of their last change. */
    public Collection<SiteChanged> latest() {
        return List.copyOf(known.values());
    }

    /** Takes a site's settings over unless newer ones are known. */
    public void apply(SiteChanged changed) {
        known.merge(
                changed.site(),
                changed,
                (before, after) -> after.updatedAt().isBefore(before.updatedAt()) ? before : after);
    }
}
