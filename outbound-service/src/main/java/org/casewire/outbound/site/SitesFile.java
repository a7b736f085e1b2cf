package org.casewire.outbound.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.SiteDocument;
import org.casewire.outbound.site.WrittenSite.Unreadable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The operator's file of sites: YAML with a list {@code sites}, each a site document that may have {@code quickEntries}, texts by
 * their names, beside its settings.
 *
 * @param sitesFile where it lies; none means that sites are made over HTTP only
 */
@ConfigurationProperties("casewire")
record SitesFile(@Nullable Path sitesFile) {

    private static final String SITES = "sites";
    private static final String QUICK_ENTRIES = "quickEntries";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A switch that is left out has its default, also in a setting of several fields.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * What a site begins with.
     *
     * @param quickEntries texts by their names
     */
    record Seed(SiteDocument document, Map<String, String> quickEntries) {}

    /**
     * Reads the sites.
     *
     * @throws IllegalStateException naming the file and the field when it cannot be understood
     */
    List<Seed> read() {
        if (sitesFile == null) {
            return List.of();
        }
        if (!Files.isReadable(sitesFile)) {
            throw new IllegalStateException("casewire.sites-file names " + sitesFile + ", which cannot be read");
        }
        try {
            List<Seed> seeds = new ArrayList<>();
            YAML.readTree(sitesFile).path(SITES).forEach(site -> seeds.add(seed((ObjectNode) site)));
            return seeds;
        } catch (JacksonException | ClassCastException | Unreadable unreadable) {
            throw new IllegalStateException(sitesFile + " is not understood: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Seed seed(ObjectNode site) {
        JsonNode entries = site.remove(QUICK_ENTRIES);
        Map<String, String> texts = new LinkedHashMap<>();
        if (entries != null) {
            entries.properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        }
        return new Seed(WrittenSite.read(site), texts);
    }
}
