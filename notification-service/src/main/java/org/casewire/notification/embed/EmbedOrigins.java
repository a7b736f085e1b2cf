package org.casewire.notification.embed;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Whose pages may show a site's alerts: our own, and those that the site lists. */
@Component
public class EmbedOrigins {

    /** What stands in a header must be an origin and nothing more, whoever wrote it. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]{1,255}");

    private final Sites sites;
    private final Set<String> own;

    EmbedOrigins(
            Sites sites,
            @Value("${casewire.oidc.issuer}") URI issuer,
            @Value("${casewire.public-base-url:}") @Nullable URI publicBase) {
        this.sites = sites;
        this.own = Stream.of(Optional.of(issuer), Optional.ofNullable(publicBase))
                .flatMap(Optional::stream)
                .filter(address -> address.getScheme() != null)
                .map(address -> address.getScheme() + "://" + address.getAuthority())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The origins that the site lists; none for a site that is not there. */
    public List<String> listedBy(String site) {
        return sites.find(site).map(SiteDocument::embedOrigins).orElse(List.of()).stream()
                .filter(origin -> ORIGIN.matcher(origin).matches())
                .toList();
    }

    /** Whether it comes from a page that may show the site's alerts, or from no page at all. */
    boolean mayAsk(HttpServletRequest request, String site) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || own.contains(origin)
                || "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
                || listedBy(site).contains(origin);
    }
}
