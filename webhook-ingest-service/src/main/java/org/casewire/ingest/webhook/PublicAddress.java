package org.casewire.ingest.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address Twilio calls us at, in every spelling it may have signed.
 *
 * <p>A text's webhook is signed with the port if the address has one, a call's over https without, and libraries add
 * the default port. Twilio drops a user name and password, libraries keep them. All that comes after the host is taken
 * as received, with one exception: an apostrophe in the query, which some clients encode on the way.
 */
final class PublicAddress {

    private final List<String> origins;

    private PublicAddress(List<String> origins) {
        this.origins = origins;
    }

    /** Reads {@code casewire.public-base-url}. */
    public static PublicAddress of(String written) {
        URI base = URI.create(written.strip());
        boolean isWeb = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!isWeb || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("casewire.public-base-url must be http(s)://host[:port][/path]");
        }
        String path = base.getRawPath().replaceFirst("/+$", "");
        Set<String> origins = new LinkedHashSet<>();
        for (String user : base.getRawUserInfo() == null ? List.of("") : List.of("", base.getRawUserInfo() + "@")) {
            for (String port : ports(base)) {
                origins.add(base.getScheme() + "://" + user + base.getHost() + port + path);
            }
        }
        return new PublicAddress(List.copyOf(origins));
    }

    private static List<String> ports(URI base) {
        if (base.getPort() >= 0) {
            return List.of(":" + base.getPort(), "");
        }
        return List.of("", "https".equalsIgnoreCase(base.getScheme()) ? ":443" : ":80");
    }

    /** Every address a request may have been signed for, the likeliest first. */
    List<String> spellings(String path, @Nullable String query) {
        List<String> urls = new ArrayList<>(origins.size());
        for (String origin : origins) {
            urls.add(query == null ? origin + path : origin + path + '?' + query);
        }
        if (query != null && (query.indexOf('\'') >= 0 || query.contains("%27"))) {
            for (String origin : origins) {
                urls.add(origin + path + '?' + query.replace("'", "%27"));
                urls.add(origin + path + '?' + query.replace("%27", "'"));
            }
        }
        return urls;
    }

    /** As configured, without user name and password. */
    @Override
    public String toString() {
        return origins.getFirst();
    }
}
