package org.casewire.outbound.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The operator's file of sites: YAML with a list {@code sites}, each a site document.
 *
 * @param sitesFile where it lies; none means that sites are made over HTTP only
 */
@ConfigurationProperties("casewire")
record SitesFile(@Nullable Path sitesFile) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Content(List<SiteDocument> sites) {}

    /**
     * Reads the sites.
     *
     * @throws IllegalStateException naming the file and the field when it cannot be understood
     */
    List<SiteDocument> read() {
        if (sitesFile == null) {
            return List.of();
        }
        if (!Files.isReadable(sitesFile)) {
            throw new IllegalStateException("casewire.sites-file names " + sitesFile + ", which cannot be read");
        }
        try {
            Content content = YAML.readValue(sitesFile, Content.class);
            return content.sites() == null ? List.of() : content.sites();
        } catch (JacksonException unreadable) {
            throw new IllegalStateException(sitesFile + " is not understood: " + unreadable.getMessage(), unreadable);
        }
    }
}
