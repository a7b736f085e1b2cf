package org.casewire.frontdoor.proxy;

import java.util.ArrayList;
import java.util.List;
import org.casewire.frontdoor.proxy.Destination.Backend;
import org.casewire.frontdoor.proxy.Destination.FrontDoor;
import org.casewire.frontdoor.proxy.Destination.Nobody;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The route table: which path belongs to whom; of several routes that match, the most specific one counts. */
final class Routes {

    private static final List<String> INGEST =
            List.of("/twilio/**", "/api/sites/*/sweeps/**", "/api/sites/*/quarantine/**");
    private static final List<String> ROUTING = List.of(
            "/api/sites/*/cases/**",
            "/api/sites/*/conversations/**",
            "/api/sites/*/messages-log/**",
            "/api/sites/*/received/**",
            "/api/sites/*/matching/**",
            "/api/sites/*/documents/**",
            "/api/sites/*/contacts/*/texts");
    private static final List<String> NOTIFICATION = List.of(
            "/api/sites/*/users/**",
            "/api/sites/*/alerts/**",
            "/api/sites/*/reminders/**",
            "/",
            "/home/**",
            "/webjars/**",
            "/favicon.ico");
    private static final List<String> OUTBOUND = List.of("/opt-in/**", "/api/**");
    private static final List<String> IDENTITY =
            List.of("/oauth2/**", "/.well-known/**", "/login", "/logout", "/connect/**", "/userinfo");
    private static final List<String> OWN_HEALTH = List.of("/actuator/health/**");

    private record Route(PathPattern pattern, Destination destination) {}

    private final List<Route> mostSpecificFirst = new ArrayList<>();

    Routes(boolean withIdentity) {
        add(INGEST, new Backend(Service.INGEST, 0));
        add(ROUTING, new Backend(Service.ROUTING, 0));
        add(NOTIFICATION, new Backend(Service.NOTIFICATION, 0));
        add(OUTBOUND, new Backend(Service.OUTBOUND, 0));
        for (Service service : Service.values()) {
            add(List.of("/services/" + service.label() + "/**"), new Backend(service, 2));
        }
        add(OWN_HEALTH, new FrontDoor());
        add(IDENTITY, withIdentity ? new FrontDoor() : new Nobody());
        mostSpecificFirst.sort((a, b) -> a.pattern().compareTo(b.pattern()));
    }

    private void add(List<String> patterns, Destination destination) {
        for (String pattern : patterns) {
            mostSpecificFirst.add(new Route(PathPatternParser.defaultInstance.parse(pattern), destination));
        }
    }

    /** Takes the path as it stands in the request line, still percent-encoded. */
    Destination of(String rawPath) {
        PathContainer path = PathContainer.parsePath(rawPath);
        if (climbs(path)) {
            return new Nobody();
        }
        for (Route route : mostSpecificFirst) {
            if (route.pattern().matches(path)) {
                return route.destination();
            }
        }
        return new Nobody();
    }

    /** A service would resolve such a path to one of another route. */
    private static boolean climbs(PathContainer path) {
        return path.elements().stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(segment -> ((PathContainer.PathSegment) segment).valueToMatch())
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }
}
